// Shows the length of the queue on a page, and keeps it current.

const PAUSE = 2000; // milliseconds

async function fetchLength(url) {
  const response = await fetch(url, { headers: { Accept: "application/json" } });
  if (!response.ok) {
    throw new Error(`the queue answered ${response.status}`);
  }
  return (await response.json()).length;
}

function show(element, length) {
  element.textContent = length === 1 ? "1 task" : `${length} tasks`;
  element.classList.toggle("idle", length === 0);
}

export function watchQueue(element, url) {
  let timer = null;

  async function refresh() {
    try {
      show(element, await fetchLength(url));
    } catch (error) {
      element.textContent = error.message;
    }
    timer = setTimeout(refresh, PAUSE);
  }

  refresh();
  return () => clearTimeout(timer);
}
