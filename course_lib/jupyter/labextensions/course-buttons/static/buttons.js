// Buttons on the check cell of an exercise: check, hint, reset. The notebook is not changed by them, except that a
// reset replaces an answer, which undo brings back.

import { answerCells, checkIn } from './cells.js';
import { Trouble, blankSource, hint, kernelOf, knows, replyTo } from './kernel.js';

const PAUSE = 200; // milliseconds that changes of a notebook are gathered before its cells are looked at

/** The plugin. `lab` holds JupyterLab's modules: apputils, notebook, outputarea, widgets. */
export function makePlugin(lab) {
  return {
    id: 'course-buttons:plugin',
    description: 'Buttons on the check cell of an exercise: check, hint, reset',
    autoStart: true,
    requires: [lab.notebook.INotebookTracker],
    optional: [lab.apputils.ISessionContextDialogs],
    activate: (app, tracker, dialogs) => {
      const watchOne = panel => watch(panel, cell => new ExerciseBar({ ...lab, dialogs }, panel, cell));
      tracker.forEach(watchOne);
      tracker.widgetAdded.connect((_, panel) => watchOne(panel));
    }
  };
}

/** Keep a bar on each check cell of a notebook, whatever becomes of its cells. */
function watch(panel, makeBar) {
  const bars = new WeakMap();
  let waiting = null;

  // A cell out of sight may not be rendered yet, and has no place for a bar until then.
  const add = async cell => {
    bars.set(cell, null);
    await cell.ready;
    if (!cell.isDisposed && checkIn(cell)) {
      bars.set(cell, makeBar(cell));
    } else {
      bars.delete(cell);
    }
  };
  const look = () => {
    waiting = null;
    for (const cell of panel.isDisposed ? [] : panel.content.widgets) {
      const wanted = checkIn(cell) !== null;
      if (wanted && !bars.has(cell)) {
        void add(cell);
      } else if (!wanted && bars.get(cell)) {
        bars.get(cell).dispose();
        bars.delete(cell);
      }
    }
  };
  const lookSoon = () => {
    waiting ??= setTimeout(look, PAUSE);
  };
  panel.content.modelChanged.connect(lookSoon);
  panel.content.modelContentChanged.connect(lookSoon);
  lookSoon();
}

/** The buttons of one check cell, between its code and its output; below them a note and hints, which are not saved. */
class ExerciseBar {
  constructor(lab, panel, cell) {
    Object.assign(this, { lab, panel, cell });
    const { OutputAreaModel, SimplifiedOutputArea } = lab.outputarea;
    const model = new OutputAreaModel({ trusted: true }); // hints come from the kernel, as what cells show
    this.hints = new SimplifiedOutputArea({ model, rendermime: panel.content.rendermime });
    this.hints.addClass('course-Exercise-hints');
    this.note = element('div', 'course-Exercise-note');
    for (const shown of [this.note, this.hints.node]) {
      shown.setAttribute('role', 'status'); // read aloud when it comes
    }
    this.widget = new lab.widgets.Panel();
    this.widget.addClass('course-Exercise');
    this.widget.addWidget(new lab.widgets.Widget({ node: this.row() }));
    this.widget.addWidget(new lab.widgets.Widget({ node: this.note }));
    this.widget.addWidget(this.hints);
    const { layout } = cell;
    const code = layout.widgets.findIndex(part => part.hasClass('jp-Cell-inputWrapper'));
    layout.insertWidget(code + 1, this.widget);
  }

  dispose() {
    this.widget.dispose();
  }

  row() {
    const row = element('div', 'course-Exercise-buttons');
    row.setAttribute('role', 'group');
    row.setAttribute('aria-label', 'Exercise');
    row.append(
      this.button('✓ Check', 'Run your answer and check it', this.check),
      this.button('? Hint', 'Show the next hint', this.hint),
      this.button('↺ Reset', 'Put back the blank exercise', this.reset),
      this.button('×', 'Put away what is shown here', this.close)
    );
    row.lastChild.classList.add('course-mod-close');
    return row;
  }

  button(text, title, action) {
    const button = element('button', 'course-Exercise-button');
    const [, label = 'Close'] = text.split(' ');
    button.type = 'button';
    button.textContent = text;
    button.title = title;
    button.setAttribute('aria-label', `${label}: ${title}`); // without the sign
    button.addEventListener('click', () => void this.act(button, action));
    return button;
  }

  /** Do what a button says, once at a time. It is not disabled meanwhile: that would take the focus from it. */
  async act(button, action) {
    const exercise = checkIn(this.cell);
    if (button.ariaBusy === 'true' || !exercise) {
      return;
    }
    button.ariaBusy = 'true';
    this.say('');
    try {
      await action.call(this, exercise);
    } catch (error) {
      if (!(error instanceof Trouble)) {
        console.error(error);
      }
      this.say(error.message);
    } finally {
      button.ariaBusy = 'false';
    }
  }

  async check(exercise) {
    const { content: notebook, sessionContext } = this.panel;
    const ready = await this.inKernel(kernel => knows(kernel, exercise.caller));
    if (!ready && !(await this.agreesToRunAll())) {
      return;
    }
    const cells = notebook.widgets;
    const before = ready ? answerCells(cells, this.cell, exercise) : cells.slice(0, cells.indexOf(this.cell));
    const { runCells } = this.lab.notebook.NotebookActions;
    const ran = await runCells(notebook, [...before, this.cell], sessionContext, this.lab.dialogs);
    if (!ran && !this.cell.isDisposed && !this.cell.model.executionCount) {
      this.say('Not checked: a cell above has failed, with the error that it shows.');
    }
  }

  agreesToRunAll() {
    return this.asks(
      'Run the cells above first?',
      'They have not run since the kernel started, and the check needs what they make. It may take a minute.',
      this.lab.apputils.Dialog.okButton({ label: 'Run them' })
    );
  }

  hint({ id }) {
    return this.inKernel(async kernel => {
      this.hints.future = hint(kernel, id); // shows what comes, in the place of what is there
      try {
        await replyTo(this.hints.future);
      } catch (error) {
        this.hints.model.clear(); // a traceback says less than the note
        throw error;
      }
    });
  }

  async reset({ id, name }) {
    const notebook = this.panel.content;
    const find = () => answerCells(notebook.widgets, this.cell, { id, name })[0];
    const what = find()
      ? `The cell with your answer, ${name}, becomes blank again. Undo (Ctrl+Z in that cell) brings your answer back.`
      : `No cell above defines ${name}: a blank one is put above the check.`;
    const yes = this.lab.apputils.Dialog.warnButton({ label: 'Reset' });
    if (!(await this.asks(`Reset exercise ${id}?`, what, yes))) {
      return;
    }
    const source = await this.inKernel(kernel => blankSource(kernel, id));
    const answer = find(); // only now: cells may have moved
    const place = notebook.widgets.indexOf(answer ?? this.cell);
    if (answer) {
      answer.model.sharedModel.setSource(source);
    } else {
      notebook.model.sharedModel.insertCell(place, { cell_type: 'code', source, metadata: { trusted: true } });
    }
    for (const cell of answer ? [answer, this.cell] : [this.cell]) {
      cell.model.clearExecution(); // what was said of the answer that is gone
    }
    notebook.deselectAll();
    notebook.activeCellIndex = place;
    notebook.mode = 'edit'; // so that undo is at hand
  }

  close() {
    this.hints.model.clear();
    this.widget.node.querySelector('button').focus(); // the one that had the focus is out of sight
  }

  say(text) {
    this.note.textContent = text;
  }

  /** What the kernel answers. While a cell runs in it, it is said that this waits. */
  async inKernel(ask) {
    const kernel = await kernelOf(this.panel.sessionContext, this.lab.dialogs);
    if (kernel.status === 'busy') {
      this.say('The kernel is busy: this waits until it is at rest.');
    }
    const answer = await ask(kernel);
    this.say('');
    return answer;
  }

  async asks(title, body, yes) {
    const { Dialog, showDialog } = this.lab.apputils;
    const buttons = [Dialog.cancelButton(), yes];
    const defaultButton = yes.displayType === 'warn' ? 0 : 1; // what Enter, held too long, would press
    const { button } = await showDialog({ title, body, buttons, defaultButton });
    return button.accept;
  }
}

function element(kind, name) {
  const made = document.createElement(kind);
  made.className = name;
  return made;
}
