// Numbered steps with elapsed time. On a terminal the running step is redrawn; elsewhere only whole lines are printed.
const terminal = process.stdout.isTTY === true;

export const seconds = (milliseconds) => {
  const whole = Math.round(milliseconds / 1000);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
};

/** Steps `[1/total] 标题  …`. */
export function steps(total) {
  let number = 0;
  let title;
  let details = [];
  let doing = '';
  let from;
  let timer;
  const head = () => `[${number}/${total}] ${title}  ${details.join('  ')}`;
  const draw = () => terminal && process.stdout.write(`\r\x1b[2K${head()}  ${doing} ${seconds(Date.now() - from)}`);
  const clear = () => {
    clearInterval(timer);
    if (terminal) process.stdout.write('\r\x1b[2K');
  };
  return {
    begin(name) {
      number += 1;
      title = name;
      details = [];
      doing = '…';
      from = Date.now();
      if (terminal) timer = setInterval(draw, 500);
      timer?.unref();
      draw();
    },
    /** Work under way that takes a while. */
    doing(text) {
      doing = text;
      if (terminal) draw();
      else console.log(`[${number}/${total}] ${title}  ${text} …`);
    },
    /** A finished part of the step. */
    part(text) {
      details.push(text);
      draw();
    },
    /** A line of its own inside the step. */
    line(text) {
      if (terminal) process.stdout.write('\r\x1b[2K');
      console.log(`      ${text}`);
      draw();
    },
    end() {
      clear();
      console.log(`${head()}  ${seconds(Date.now() - from)}`);
    },
    failed() {
      clear();
      if (title) console.log(`${head()}  ✗  ${seconds(Date.now() - from)}`);
    },
  };
}
