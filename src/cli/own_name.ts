import { closeSync, openSync, renameSync, unlinkSync } from 'node:fs';
import { link, unlink } from 'node:fs/promises';

/** Error codes of a link where the file system has no hard links, or no more of them. */
const NO_LINKS = ['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK'];

/**
 * Gives a file its own name, unless there is something of that name. In contrast to a rename, a link
 * never replaces what another process made in the meantime.
 * @returns whether the name was free
 */
export async function takeName(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (!NO_LINKS.includes(code!)) throw error;
    return takeNameByPlaceholder(temporary, path);
  }
  await unlink(temporary).catch(() => {}); // the file has its name, and that counts
  return true;
}

/** The same without links. No signal comes between the steps, which would leave an empty file. */
function takeNameByPlaceholder(temporary: string, path: string): boolean {
  try {
    closeSync(openSync(path, 'wx'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    renameSync(temporary, path);
  } catch (error) {
    unlinkSync(path);
    throw error;
  }
  return true;
}
