// Which cells belong to an exercise. They are known by what is in them, not by tags, which editors strip.

// As course_lib/learner/notebook.py finds it: who is called, the exercise, and the name of the answer.
const CHECK = /^[ \t]*((?:\w+\.)?check) *\(\s*["'](\d\d\.[a-z_0-9]+)["']\s*(?:,\s*(\w+))?/m;

const sourceOf = cell => cell.model.sharedModel.getSource();

/** The exercise that a cell checks: its id, what the answer is called, the function that is called; else null. */
export function checkIn(cell) {
  const found = cell.model.type === 'code' ? CHECK.exec(sourceOf(cell)) : null;
  if (!found) {
    return null;
  }
  const [, caller, id, name = id.slice(3)] = found;
  return { caller, id, name };
}

/**
 * The cells above a check that make its answer, in order: the last that defines it, and those below that change it.
 * Where nothing has its name, the cell in which the lesson asked for it, if there is one.
 */
export function answerCells(cells, check, { id, name }) {
  const above = cells.slice(0, cells.indexOf(check)).filter(cell => cell.model.type === 'code');
  const defines = new RegExp(`^(?:async +def|def|class) +${name}\\b`, 'm');
  const makes = new RegExp(`${defines.source}|^${name} *=(?!=)`, 'm');
  const made = above.filter(cell => makes.test(sourceOf(cell)));
  if (made.length) {
    return made.slice(Math.max(0, made.findLastIndex(cell => defines.test(sourceOf(cell)))));
  }
  return above.filter(cell => cell.model.getMetadata('exercise') === id).slice(-1);
}
