import { type OrthogonalDraw, orthogonalOver } from '../../distributions/orthogonal';
import { type Drawing, drawingParameters, wholeDrawing } from './drawing';
import { normalDrawing } from './normal';

/**
 * The normals that `torch.nn.init.orthogonal_` factorizes: a matrix of the shape of the tensor, which is transposed
 * where it has more columns than rows.
 */
function normalsOf({ rows, columns }: OrthogonalDraw): Drawing {
  const total = rows * columns;
  const normals = normalDrawing(0, 1, 'float32', total);
  if (rows >= columns) return normals;
  return wholeDrawing((state) => {
    const values = new Uint32Array(total);
    const drawn = normals.values(state, 0, total);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        values[column * rows + row] = drawn[row * columns + column];
      }
    }
    return { values, after: normals.after(state) };
  });
}

/** How `orthogonal_` draws. */
export const orthogonal = orthogonalOver((draw) => drawingParameters(normalsOf(draw)));
