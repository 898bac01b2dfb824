// What is asked of the notebook's kernel. Nothing is left in the learner's names, nor in the history.

const QUIETLY = { store_history: false, allow_stdin: false, stop_on_error: false };

/** What can't be done, in words for the learner. */
export class Trouble extends Error {}

/** The kernel of a notebook. One is started where there is none, and chosen by the learner where that fails. */
export async function kernelOf(session, dialogs) {
  await session.ready;
  if (session.hasNoKernel && (await session.startKernel()) && dialogs) {
    await dialogs.selectKernel(session);
  }
  const kernel = session.session?.kernel;
  if (!kernel) {
    throw new Trouble('There is no kernel: choose one in the menu Kernel > Change Kernel…, then press again.');
  }
  if (kernel.status === 'dead') {
    throw new Trouble('The kernel has died: start it anew in the menu Kernel > Restart Kernel…, then press again.');
  }
  return kernel;
}

/** Whether the kernel has a name. In one that was started a moment ago, no cell has run. */
export async function knows(kernel, name) {
  return (await evaluate(kernel, name)).status === 'ok';
}

/** Start to show the next hint of an exercise; what comes of it goes to whoever takes the future's messages. */
export function hint(kernel, id) {
  const code = `__import__('course_lib.exercises', fromlist=['hint']).hint('${id}')`;
  return kernel.requestExecute({ ...QUIETLY, code }, false);
}

/** The cell of an exercise as the lesson first had it. */
export async function blankSource(kernel, id) {
  const blank = `__import__('course_lib.learner.blank', fromlist=['blank_source']).blank_source('${id}')`;
  const answer = await evaluate(kernel, `${blank}.encode().hex()`); // what Python shows of hex digits is easily read
  if (answer.status !== 'ok') {
    throw explained(answer);
  }
  const digits = answer.data['text/plain'].match(/[0-9a-f]{2}/g) ?? [];
  return new TextDecoder().decode(Uint8Array.from(digits, pair => parseInt(pair, 16)));
}

/** What the kernel replied, when it has done all that was asked before. */
export async function replyTo(future) {
  const reply = await future.done.catch(() => {
    throw new Trouble('The kernel was restarted meanwhile: press again.');
  });
  if (reply.content.status !== 'ok') {
    throw explained(reply.content);
  }
  return reply.content;
}

async function evaluate(kernel, expression) {
  const asked = { ...QUIETLY, code: '', silent: true, user_expressions: { answer: expression } };
  const { user_expressions: answers } = await replyTo(kernel.requestExecute(asked));
  return answers?.answer ?? { status: 'error' };
}

/** What the learner is told of an error in what was asked, as the kernel has it. */
function explained({ ename, evalue = '' }) {
  if (ename === 'ModuleNotFoundError' && evalue.includes('course_lib')) {
    const choose = 'choose the Python in which it is installed, in the menu Kernel > Change Kernel…';
    return new Trouble(`This kernel does not have the course: ${choose}`);
  }
  return new Trouble(ename ? `${ename}: ${evalue}` : 'The kernel gave no answer: press again when it is at rest.');
}
