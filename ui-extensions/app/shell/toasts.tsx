import { Notifications } from '@mantine/notifications';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/notifications/styles.css';
import '@mantine/core/styles/Notification.css';

export function Toasts() {
  return <Notifications position="bottom-right" />;
}
