/** The component library's look with the router's links: typed addresses, loaded ahead on hover and focus. */
import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

type ButtonLinkProps = ButtonProps & Omit<ComponentPropsWithRef<'a'>, keyof ButtonProps>;
type AnchorLinkProps = AnchorProps & Omit<ComponentPropsWithRef<'a'>, keyof AnchorProps>;

function ButtonLink(props: ButtonLinkProps) {
  return <Button component="a" {...props} />;
}

function AnchorLink(props: AnchorLinkProps) {
  return <Anchor {...props} />;
}

export const LinkButton = createLink(ButtonLink);
export const LinkAnchor = createLink(AnchorLink);
