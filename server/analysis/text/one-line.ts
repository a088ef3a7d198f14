// What is said of names that others chose: on one line, with nothing in it that is not seen for what it is.

const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/** Controls, of the direction of writing among them, and halves of characters. */
const hidden = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu;

export function oneLine(text: string): string {
  return text.replace(breaks, ' ').replace(hidden, '\ufffd');
}
