import type { ConsoleMessage, PageDialog } from './browser-driver.js';

/** The most that one step of a test waits; below the test's own limit, so that the step is named. */
export const STEP_TIMEOUT_MS = 15_000;
export const POLL_MS = 20;

/** A console message, as Playwright and Puppeteer have it. */
interface LoggedMessage {
  type(): string;
  text(): string;
}

/** A dialog, as they have it. */
interface OpenDialog {
  type(): string;
  message(): string;
  accept(): Promise<void>;
  dismiss(): Promise<void>;
}

export const toConsoleMessage = (message: LoggedMessage): ConsoleMessage => ({
  level: toLevel(message.type()),
  text: message.text(),
});

/** Answers a dialog in the way that a test decides. */
export function answerDialog(
  dialog: OpenDialog,
  decide: (dialog: PageDialog) => 'accept' | 'dismiss',
): void {
  const kind = dialog.type() as PageDialog['kind'];
  const decision = decide({ kind, message: dialog.message() });
  // A dialog that a navigation has closed meanwhile needs no answer any more.
  dialog[decision]().catch(() => undefined);
}

function toLevel(type: string): ConsoleMessage['level'] {
  switch (type) {
    case 'debug':
    case 'info':
    case 'warning':
    case 'error':
      return type;
    case 'warn':
      return 'warning';
    case 'assert':
      return 'error';
    default:
      return 'log';
  }
}
