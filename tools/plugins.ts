import type { Plugin } from 'vite';
import { wasm } from './wasm_plugin.ts';
import { wgsl } from './wgsl_plugin.ts';

/** The plugins that every bundle of the sources needs. */
export const sourcePlugins = (): Plugin[] => [wgsl(), wasm()];
