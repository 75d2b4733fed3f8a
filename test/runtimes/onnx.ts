/** Just enough of ONNX's protocol buffers for a model of one node (onnx/onnx.proto). */
type Field = number | string | Uint8Array;

/** A field of a message: a varint, or a length and bytes. */
function field(tag: number, value: Field): number[] {
  if (typeof value === 'number') return [...varint(tag << 3), ...varint(value)];
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return [...varint((tag << 3) | 2), ...varint(bytes.length), ...bytes];
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
}

const message = (...fields: [tag: number, value: Field][]): Uint8Array =>
  Uint8Array.from(fields.flatMap((one) => field(...one)));

const FLOAT = 1; // TensorProto.DataType

/**
 * ValueInfoProto: name 1, type 2; TypeProto: tensor_type 1; its elem_type 1, shape 2; TensorShapeProto: dim 1;
 * its dim_value 1.
 */
function valueInfo(name: string, shape: readonly number[]): Uint8Array {
  const dims = message(...shape.map((size): [number, Field] => [1, message([1, size])]));
  return message([1, name], [2, message([1, message([1, FLOAT], [2, dims])])]);
}

/** A model with one node, all of whose inputs are the graph's. */
export function oneNodeModel(
  operator: string,
  inputs: Record<string, readonly number[]>,
  output: { name: string; shape: readonly number[] },
): Uint8Array {
  // NodeProto: input 1, output 2, op_type 4. GraphProto: node 1, name 2, input 11, output 12.
  const node = message(
    ...Object.keys(inputs).map((name): [number, Field] => [1, name]),
    [2, output.name],
    [4, operator],
  );
  const graph = message(
    [1, node],
    [2, operator],
    ...Object.entries(inputs).map(([name, shape]): [number, Field] => [11, valueInfo(name, shape)]),
    [12, valueInfo(output.name, output.shape)],
  );
  // ModelProto: ir_version 1, graph 7, opset_import 8; OperatorSetIdProto: version 2.
  return message([1, 8], [7, graph], [8, message([2, 17])]);
}
