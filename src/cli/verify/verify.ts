import { version } from '../../../package.json';
import { oneOf } from '../../core/check';
import { ArgumentError, DeviceError, show } from '../../core/errors';
import { elementCount } from '../../core/shape';
import { printable } from '../../text/printable';
import { bytesOf, MACHINE_CASES } from '../../verify/machine/cases';
import { examineMachine, type MachineOptions } from '../../verify/machine/examine_machine';
import { encodeReport, LINK_KEY } from '../../verify/machine/link';
import { MOST_CHARACTERS } from '../../verify/machine/read_report';
import { summaryText } from '../../verify/machine/words';
import { type Arguments, type CommandLine, parseArguments } from '../arguments';
import { checkOutput } from '../output_file';
import { Progress } from '../progress';
import { checkStdout, say, writeStdout } from '../streams';
import { writeText } from '../write_text';
import { platformHere, runtimeHere } from './host';
import { reportText } from './report_text';

export const VERIFY: CommandLine = {
  command: 'verify',
  positionals: [],
  values: ['backend', 'note', 'page', 'out'],
  flags: ['json'],
};

/**
 * `tensorseed verify` computes every draw in every dtype on this machine's GPU, and holds the bytes against the
 * contract. The exit code is 0 only where all are right.
 */
export async function verify(words: readonly string[], script: string): Promise<number> {
  const args = parseArguments(VERIFY, words);
  const backend = oneOf('--backend', args.values.get('backend') ?? 'gpu', ['gpu', 'cpu'] as const);
  const note = noteOf(args);
  const page = pageOf(args);
  const out = args.values.get('out');
  if (out !== undefined) await checkOutput(out, true);
  checkStdout();

  const host = { version, note, runtime: runtimeHere(script, backend === 'gpu'), platform: platformHere() };
  const report = await withHint(
    backend,
    withProgress((shown) => examineMachine({ backend, host, ...shown })),
  );
  const json = `${JSON.stringify(report, null, 2)}\n`;
  if (out !== undefined) await writeText(out, json);
  const share = shareText(`#${LINK_KEY}=${await encodeReport(report)}`, page);
  if (args.flags.has('json')) {
    await writeStdout(json);
    say(share);
  } else await writeStdout(`${reportText(report)}\n${share}\n`);
  if (!report.right) throw new Error(summaryText(report));
  return 0;
}

function noteOf(args: Arguments): string | undefined {
  const note = args.values.get('note');
  if (note !== undefined && note.length > MOST_CHARACTERS)
    throw new ArgumentError(`--note must have at most ${MOST_CHARACTERS} characters, got ${show(note)}`);
  return note;
}

/** The address of a gallery, without what stands after its #. */
function pageOf(args: Arguments): string | undefined {
  const page = args.values.get('page');
  if (page === undefined) return undefined;
  const url = URL.canParse(page) ? new URL(page) : undefined;
  if (url === undefined || !['http:', 'https:', 'file:'].includes(url.protocol))
    throw new ArgumentError(
      `--page must be the address of a gallery, such as https://example.org/index.html, got ${show(page)}`,
    );
  url.hash = '';
  return url.href;
}

/** Shows on stderr what computes, and how far it is. */
async function withProgress<T>(
  work: (shown: Pick<MachineOptions, 'onOpen' | 'onProgress'>) => Promise<T>,
): Promise<T> {
  const elements = MACHINE_CASES.reduce((sum, { shape }) => sum + elementCount(shape), 0);
  const bytes = MACHINE_CASES.reduce((sum, one) => sum + bytesOf(one), 0);
  const progress = new Progress('verify', elements);
  let done = 0;
  try {
    return await work({
      onOpen: (description) => say(`backend: ${printable(description)}`),
      onProgress(share) {
        progress.add((share - done) * elements, (share - done) * bytes);
        done = share;
      },
    });
  } finally {
    progress.end();
  }
}

/** Says what works without a GPU where there is none. */
async function withHint<T>(backend: 'gpu' | 'cpu', work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (backend === 'gpu' && error instanceof DeviceError)
      throw new DeviceError(`${error.message}; --backend cpu verifies the CPU path`, { cause: error });
    throw error;
  });
}

function shareText(fragment: string, page: string | undefined): string {
  return page === undefined
    ? `To share it, append this to the address of a gallery, or give its address as --page:\n${fragment}`
    : `To share it: ${page}${fragment}`;
}
