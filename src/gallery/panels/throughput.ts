import type { Panel } from '../panel';

export const throughputPanel: Panel = () => undefined;
