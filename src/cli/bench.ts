/**
 * `tensorseed bench`: the benchmark of bench/, loaded only when it is asked for.
 * @param script the URL of the bundled command line, beside which the scripts of its processes lie
 */
export async function bench(words: readonly string[], script: string): Promise<number> {
  const { runBench } = await import('../../bench/throughput/run');
  return runBench(words, script);
}
