import { ModelPanel } from '../models/model_panel';
import type { Panel } from '../panel';

/** A whole model: its tensors, their histograms, and its file. */
export const modelPanel: Panel = (section, machine) => void new ModelPanel(section, machine);
