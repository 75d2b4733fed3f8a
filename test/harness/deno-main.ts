/**
 * What Deno runs: answers each line of stdin, a DenoRequest, with a line on stdout, a DenoAnswer.
 * The first line says whether there is a device, unasked.
 */
import { Buffer } from 'node:buffer';
import process from 'node:process';
import { createInterface } from 'node:readline';
import '../../src/core/node_host';
import type { DenoAnswer, DenoRequest } from './deno';
import { unpackRequest } from './request';
import { openSession, type Session } from './session';

async function answer(session: Session, request: DenoRequest): Promise<string> {
  if ('fill' in request) return toBase64(await session.fill(unpackRequest(request.fill)));
  if ('sha256' in request) return session.sha256(unpackRequest(request.sha256));
  return toBase64(await session.compute(request.compute));
}

const toBase64 = ({ buffer, byteOffset, byteLength }: Uint8Array | Uint32Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

async function say(value: Promise<string>): Promise<void> {
  const line: DenoAnswer = await value.then(
    (value) => ({ value }),
    (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
  );
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const opened = openSession();
await say(opened.then(() => ''));
const session = await opened;
for await (const line of createInterface({ input: process.stdin }))
  await say(answer(session, JSON.parse(line)));
