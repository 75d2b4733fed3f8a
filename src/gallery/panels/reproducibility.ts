import type { Panel } from '../panel';

export const reproducibilityPanel: Panel = () => undefined;
