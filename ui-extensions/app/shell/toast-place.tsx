import { lazy, Suspense, useSyncExternalStore } from 'react';
import { isAnythingTold, onFirstTold } from '../parts/tell.ts';

const Toasts = lazy(() => import('./toasts.tsx').then(({ Toasts: component }) => ({ default: component })));

/** Where notices appear; empty, and not even loaded, until there is one. */
export function ToastPlace() {
  const wanted = useSyncExternalStore(onFirstTold, isAnythingTold);
  return <Suspense>{wanted && <Toasts />}</Suspense>;
}
