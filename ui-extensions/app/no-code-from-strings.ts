import { z } from 'zod';

// The page's policy forbids making code from strings, which zod would try as soon as a schema is made: so this is imported first.
z.config({ jitless: true });
