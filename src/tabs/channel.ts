import { type Env, on, openLine } from '../env.js';

/** What a tab may say to the others. None of it is believed: each receiver looks for itself. */
export type Message = readonly [kind: string, id: string, ...rest: unknown[]];

export interface Channel {
  readonly post: (...message: Message) => void;
  readonly close: () => void;
}

/**
 * Opens the line to the other tabs of the same application. BroadcastChannel is the fast way; a
 * `storage` event of the marker's entry is the second, and needs no posting. Either may be missing or
 * may throw. Messages of another form are ignored without a word.
 */
export function openChannel(
  env: Env,
  name: string,
  onMessage: (message: Message) => void,
  onMarker: () => void,
): Channel {
  const stop = on(env, 'storage', (event) => {
    // `key` is null after localStorage.clear() (HTML, "the storage event").
    if (((event as StorageEvent).key ?? name) === name) onMarker();
  });
  const channel = openLine(env, name);
  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (Array.isArray(data)) onMessage(data as unknown as Message);
    };
  }
  return {
    post(...message) {
      try {
        channel!.postMessage(message);
      } catch {
        // The storage event is left.
      }
    },
    close() {
      stop();
      channel?.close();
    },
  };
}
