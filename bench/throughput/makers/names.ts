/**
 * This project's CPU implementations, in makers/cpu.ts: another one is a line here and one there.
 */
export const CPU_MAKERS = ['cpu', 'cpu reference'] as const;
