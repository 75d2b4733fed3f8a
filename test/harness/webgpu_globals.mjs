/** Gives Node what a browser's page has: `navigator.gpu` and WebGPU's global names. For `node --import`. */
import { create, globals } from 'webgpu';

Object.assign(globalThis, globals);
const { navigator = { userAgent: 'node' } } = globalThis;
Object.defineProperty(navigator, 'gpu', { value: create([]) });
Object.defineProperty(globalThis, 'navigator', { value: navigator });
