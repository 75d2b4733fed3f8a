import { download } from '../download';

/** The place that a file is written to, piece after piece. */
export interface Sink {
  /** What happens to the file, in words. */
  readonly place: string;
  write(bytes: Uint8Array): Promise<void>;
  /** Gives the complete file its name. */
  finish(): Promise<void>;
  /** Removes what was written. */
  discard(): Promise<void>;
}

interface PickerWindow {
  showSaveFilePicker?(options: object): Promise<FileSystemFileHandle>;
}

/**
 * Opens a file of the visitor's. Where the browser can stream to a file, the visitor picks its place.
 * Elsewhere the pieces are gathered in a Blob and downloaded. It must be called in the handler of the click.
 * @returns undefined where the visitor picks no file
 */
export async function openSink(name: string): Promise<Sink | undefined> {
  const picker = (window as PickerWindow).showSaveFilePicker;
  if (picker === undefined) return gathered(name);
  let handle: FileSystemFileHandle;
  try {
    handle = await picker.call(window, {
      suggestedName: name,
      types: [{ description: 'safetensors', accept: { 'application/octet-stream': ['.safetensors'] } }],
    });
  } catch (error) {
    const { name: reason } = error as Error;
    if (reason === 'AbortError') return undefined;
    if (reason === 'SecurityError') return gathered(name); // A frame in another page may not pick a file.
    throw error;
  }
  return streamed(handle);
}

/** A file that the browser writes beside the picked one, and puts in its place when it is closed. */
async function streamed(handle: FileSystemFileHandle): Promise<Sink> {
  const isNew = (await handle.getFile()).size === 0;
  const writable = await handle.createWritable();
  return {
    place: handle.name,
    write: (bytes) => writable.write(bytes as Uint8Array<ArrayBuffer>),
    finish: () => writable.close(),
    async discard() {
      await writable.abort();
      // The browser made an empty file when a new name was picked.
      if (isNew) await (handle as { remove?(): Promise<void> }).remove?.();
    },
  };
}

function gathered(name: string): Sink {
  let parts: Blob[] = [];
  return {
    place: `${name}, among the downloads`,
    write: async (bytes) => void parts.push(new Blob([bytes as Uint8Array<ArrayBuffer>])),
    async finish() {
      download(name, new Blob(parts, { type: 'application/octet-stream' }));
    },
    async discard() {
      parts = [];
    },
  };
}
