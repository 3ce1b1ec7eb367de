import { Text, type TextProps } from '@mantine/core';
import { tellAgo, tellExactly } from './words.ts';

interface AgoProps extends TextProps {
  readonly at: string;
}

/** How long ago; the exact moment on hover and for machines. */
export function Ago({ at, ...text }: AgoProps) {
  return (
    <Text component="time" dateTime={at} title={tellExactly(at)} {...text}>
      {tellAgo(at, Date.now())}
    </Text>
  );
}
