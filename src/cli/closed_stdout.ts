import { constants, fstatSync, readFileSync, statSync } from 'node:fs';

const ACCESS_MODE = 3;

/**
 * Whether stdout was closed when the process began, as by a shell's `>&-`. Node then opens the null
 * device in its place, for reading and writing, and all output is lost without an error. A shell's
 * `>/dev/null` opens it for writing only.
 *
 * A parent that gives the null device for reading and writing as stdout cannot be told from one that
 * closed it. If stdin and stderr are the null device as well, as with a daemon or where Node's `spawn`
 * ignores all three, the output is unwanted and not lost. Where only stdout is given so, as by Python's
 * `DEVNULL`, it counts as closed. Only Linux says how a descriptor was opened.
 */
export function isStdoutClosed(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    if (!isNullDevice(1) || (isNullDevice(0) && isNullDevice(2))) return false;
    const [, flags] = /^flags:\s*([0-7]+)$/m.exec(readFileSync('/proc/self/fdinfo/1', 'latin1'))!;
    return (parseInt(flags, 8) & ACCESS_MODE) === constants.O_RDWR;
  } catch {
    return false; // without /proc nothing can be known
  }
}

function isNullDevice(descriptor: number): boolean {
  const there = fstatSync(descriptor);
  return there.isCharacterDevice() && there.rdev === statSync('/dev/null').rdev;
}
