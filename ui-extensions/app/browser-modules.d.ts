// What the bundler resolves and TypeScript does not know.
declare module '*.css';
