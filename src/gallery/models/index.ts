import type { Panel } from '../panel';
import { ModelPanel } from './model_panel';

/** A whole model: its tensors, their histograms, and its file. */
export const modelPanel: Panel = (section, machine) => void new ModelPanel(section, machine);
