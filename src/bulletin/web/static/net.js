// Requests to the editor's own server.

export class Refused extends Error {
  constructor(status, answer) {
    super(answer.error || `the editor answered ${status}`);
    this.status = status;
    this.answer = answer;
  }
}

async function ask(path, options) {
  const response = await fetch(path, options);
  const text = await response.text();
  let answer;
  try {
    answer = JSON.parse(text);
  } catch {
    answer = { error: text };
  }
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}

export const get = (path) => ask(path);

export const post = (path, body = {}) =>
  ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    keepalive: JSON.stringify(body).length < 60000,
  });

export const segmentPath = (id, rest = "") => `/segments/${encodeURIComponent(id)}${rest}`;
