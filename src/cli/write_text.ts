import { OutputFile } from './output_file';

/** Writes a file that appears only when it is complete. */
export async function writeText(path: string, text: string): Promise<void> {
  const file = await OutputFile.create(path, true);
  try {
    await file.write(new TextEncoder().encode(text));
    await file.commit();
  } finally {
    await file.discard();
  }
}
