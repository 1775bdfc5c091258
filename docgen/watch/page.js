// Asks for the page again whenever the server says that there is a newer one, and puts in what is
// new; pictures keep their places, so that nothing jumps while one reads.
"use strict";

const PARTS = ["trouble", "papers", "files", "holes", "bar"];
let busy = false, again = false;

async function refresh() {
  if (busy) { again = true; return; }
  busy = true;
  do {
    again = false;
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      if (answer.ok) { show(new DOMParser().parseFromString(await answer.text(), "text/html")); }
    } catch (failure) { document.body.classList.add("gone"); }
  } while (again);
  busy = false;
}

function show(fresh) {
  pages(document.getElementById("pages"), fresh.getElementById("pages"));
  verdict(document.getElementById("verdict"), fresh.getElementById("verdict"));
  for (const id of PARTS) {
    const old = document.getElementById(id), made = fresh.getElementById(id);
    const at = old.scrollTop;
    old.replaceWith(document.adoptNode(made));
    made.scrollTop = at;
  }
  document.title = fresh.title;
}

function pages(old, made) {
  const there = [...old.querySelectorAll("img")], wanted = [...made.querySelectorAll("img")];
  wanted.forEach((page, n) => {
    if (n >= there.length) { old.append(document.adoptNode(page)); return; }
    for (const name of ["width", "height", "alt", "src"]) {
      const value = page.getAttribute(name);
      if (there[n].getAttribute(name) !== value) { there[n].setAttribute(name, value); }
    }
  });
  there.slice(wanted.length).forEach((page) => page.remove());
}

function verdict(frame, made) {
  if (frame.dataset.version === made.dataset.version) { return; }
  frame.dataset.version = made.dataset.version;
  const at = frame.contentWindow.scrollY;
  frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, at), { once: true });
  frame.contentWindow.location.reload();
}

let events = null;

function listen() {
  events = new EventSource("events");
  events.onmessage = (event) => {
    document.body.classList.remove("gone");
    if (event.data !== document.getElementById("bar").dataset.number) { refresh(); }
  };
  events.onerror = () => document.body.classList.add("gone");
}

// a browser keeps few connections to one place: a page that nobody sees gives its own back
document.addEventListener("visibilitychange", () => {
  events.close();
  if (!document.hidden) { listen(); }
});
listen();
