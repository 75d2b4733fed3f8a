import * as tf from '@tensorflow/tfjs';
import { webgpuBackend } from '../../backend';
import { DropoutCall } from './dropout_call';

/**
 * Takes the place of what tf.dropout computes on the webgpu backend.
 *
 * tf.dropout is no kernel: it draws on one CPU thread, and its kernels are add, floor, divide and multiply. A program
 * imports it from a module, where nothing can take its place. But it tells tf.js's engine that it begins, and when it
 * ends. In between the engine gets its kernels through a {@link DropoutCall}.
 * @returns what puts it back
 */
export function replaceDropout(): () => void {
  const engine = tf.engine();
  const { startScope, endScope, runKernel } = engine;
  let call: DropoutCall | undefined;
  let depth = 0;

  engine.startScope = function (name) {
    startScope.call(engine, name);
    if (call === undefined) {
      if (name !== 'dropout__op' || webgpuBackend() === undefined) return;
      call = new DropoutCall(runKernel.bind(engine));
      depth = 1;
      return;
    }
    depth++;
    if (name === 'randomUniform__op') call.beginDrawing();
  };
  engine.endScope = function (result) {
    if (call !== undefined) {
      call.endDrawing();
      if (--depth === 0) call = undefined;
    }
    endScope.call(engine, result);
  };
  engine.runKernel = function (name, inputs, attributes) {
    return call === undefined
      ? runKernel.call(engine, name, inputs, attributes)
      : call.runKernel(name, inputs, attributes);
  } as typeof runKernel;

  return () => {
    // The methods are the prototype's.
    for (const method of ['startScope', 'endScope', 'runKernel'] as const)
      Reflect.deleteProperty(engine, method);
  };
}
