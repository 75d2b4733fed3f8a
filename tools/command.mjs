import { spawn, spawnSync } from 'node:child_process';

/** The error of a command that failed. The message has the last lines of its output. */
export class CommandError extends Error {}

/**
 * @typedef {object} Options
 * @property {NodeJS.ProcessEnv} [env] variables beside those of this process
 * @property {string} [cwd]
 * @property {boolean} [shell]
 * @property {(line: string) => void} [onStatus]
 */

/**
 * Runs a command, and resolves to its output, which is not shown.
 * Throws a CommandError with the last lines when the exit status is not 0.
 * `onStatus` gets the lines that the command writes to file descriptor 3, as apt does with Status-Fd.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {Options} options
 * @returns {Promise<string>}
 */
export function command(file, args, { env, cwd, shell, onStatus } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      shell: shell ?? false,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', onStatus ? 'pipe' : 'ignore'],
    });
    let output = '';
    child.stdout?.on('data', (data) => (output += data));
    child.stderr?.on('data', (data) => (output += data));
    if (onStatus) {
      let rest = '';
      child.stdio[3]?.on('data', (data) => {
        const lines = (rest + data).split('\n');
        rest = lines.pop() ?? '';
        lines.forEach(onStatus);
      });
    }
    child.on('error', (error) => reject(new CommandError(`${file}: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(output);
      const tail = output.trimEnd().split('\n').slice(-60).join('\n');
      reject(new CommandError(`${file} ${args.join(' ')}: ${signal ?? `exit status ${code}`}\n${tail}`));
    });
  });
}

/**
 * The output of a quick command, or '' where the command is missing or fails.
 *
 * @param {string} file
 * @param {readonly string[]} args
 */
export function ask(file, args) {
  const { status, stdout } = spawnSync(file, args, {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout : '';
}
