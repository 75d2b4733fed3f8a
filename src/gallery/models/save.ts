/** Where a file goes, piece after piece. */
export interface Sink {
  /** In words, what happens to the file. */
  readonly place: string;
  write(bytes: Uint8Array): Promise<void>;
  /** The file is complete: it gets its name. */
  finish(): Promise<void>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

interface PickerWindow {
  showSaveFilePicker?(options: object): Promise<FileSystemFileHandle>;
}

/** How long a browser may take to begin with a download before its memory is freed. */
const KEEP_MS = 60_000;

/**
 * A file of the visitor's: where the browser can, streamed to the
 * place that the visitor picks; elsewhere gathered, piece after
 * piece, in what the browser keeps its downloads in. To be called in the click that asks for it.
 * @returns undefined where the visitor picks none
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
    if (reason === 'SecurityError') return gathered(name); // a frame of another page's may not pick
    throw error;
  }
  return streamed(handle);
}

/** The browser writes beside the file and puts it in place when it is closed. */
async function streamed(handle: FileSystemFileHandle): Promise<Sink> {
  const isNew = (await handle.getFile()).size === 0;
  const writable = await handle.createWritable();
  return {
    place: handle.name,
    write: (bytes) => writable.write(bytes as Uint8Array<ArrayBuffer>),
    finish: () => writable.close(),
    async discard() {
      await writable.abort();
      // Picking a new name made an empty file.
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
      const file = new Blob(parts, { type: 'application/octet-stream' });
      const url = URL.createObjectURL(file);
      const link = document.createElement('a');
      link.href = url;
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
    },
    async discard() {
      parts = [];
    },
  };
}
