/** The log: JSON lines on stderr, without secrets and without addresses of callers. */
import { destination, type Logger, pino } from 'pino';

/** Fields that must never be written, wherever they stand in what is logged. */
const secretFields = ['accessToken', 'refreshToken', 'token', 'password', 'authorization', 'cookie', 'codeVerifier', 'clientSecret'];
const paths = secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`, `*.*.*.${field}`]);

export function openLog(level: string): Logger {
  return pino({ level, redact: { paths, censor: '[secret]' } }, destination({ dest: 2, sync: false }));
}
