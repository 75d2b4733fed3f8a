import type { Panel } from '../panel';

export const modelPanel: Panel = () => undefined;
