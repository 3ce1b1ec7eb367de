import type { SlackMethod } from './call-slack.ts';
import { chatMethods } from './chat-methods.ts';
import { conversationMethods } from './conversation-methods.ts';
import { peopleMethods } from './people-methods.ts';

/** Every method of the Web API that needs a token. */
export const slackMethods: readonly SlackMethod[] = [...chatMethods, ...conversationMethods, ...peopleMethods];
