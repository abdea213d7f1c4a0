/* The case form with a script: every answer is journalled as an entry and sent by itself; "saved" is said only once the
   server has answered that it holds it. Nothing that was written is ever dropped from the page before that, and nothing
   is kept in the browser's storage but a random name of this tab and a counter.
   Without this file the form works with a button in each section. */
"use strict";

(function () {
  const form = document.getElementById("case-form");
  const holder = document.getElementById("case-data");
  if (!form || !holder || !window.crypto || !window.fetch) return;
  const data = JSON.parse(holder.textContent);
  const byCode = Object.fromEntries(data.questions.map((question) => [question.code, question]));
  const cards = Object.fromEntries([...form.querySelectorAll(".ins-card")].map((card) => [card.dataset.q, card]));

  const AFTER_LAST_KEY = 1000; // milliseconds from the last key to the journal; the promise is two seconds
  const LONGEST_WAIT = 30000;
  const MOST_IN_A_BATCH = 100;
  const MOST_KEPT_ALIVE = 60000; // bytes that a browser still sends for a page that is left

  const journal = []; // entries without a receipt, oldest first
  const refused = {}; // sentences, by the id of an entry that the server refused; it stays in the journal
  const typing = {}; // timers of texts that are not journalled yet, by the key of the part
  const shown = data.shown; // id of the entry that stands on the page, by key
  const doubt = new Set(data.doubt);
  const before = {}; // what each part held when it was last journalled, or shown
  const memory = {}; // what the storage of the tab would hold, where there is none
  let token = data.token;
  let sending = false;
  let tries = 0;
  let timer = 0;
  let settling = null; // the button that waits for all else to be saved
  let stopped = ""; // why nothing is sent any more, in a sentence
  let trouble = ""; // why it is tried again, in a sentence

  /* ---- the journal ---- */

  function random() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  const device = {
    // A tab that is duplicated takes its storage along: where two then count alike, the server says so, and one of
    // them takes a new name.
    name: stored("device") || kept("device", `tab-${random()}`),
    next() {
      return Number(kept("counter", String(Number(stored("counter") || 0) + 1)));
    },
    renew() {
      this.name = kept("device", `tab-${random()}`);
      kept("counter", "0");
    },
  };

  function stored(name) {
    try {
      return sessionStorage.getItem(`inspectorate-${name}`) || memory[name];
    } catch (_) {
      return memory[name];
    }
  }

  function kept(name, value) {
    memory[name] = value;
    try {
      sessionStorage.setItem(`inspectorate-${name}`, value);
    } catch (_) {
      /* a browser that stores nothing: the name lives as long as the page */
    }
    return value;
  }

  function write(part, code, content) {
    const key = `${part}:${code}`;
    if (content === before[key]) return;
    before[key] = content;
    const last = journal[journal.length - 1];
    let supersedes = shown[key] || null;
    let counter = 0;
    if (last && last.id === supersedes && part === "note" && !last.tried) {
      // Nobody has seen this text but this page: the longer one takes its place.
      journal.pop();
      supersedes = last.supersedes;
      counter = last.counter;
    }
    const entry = {
      id: random(),
      device: device.name,
      counter: counter || device.next(),
      question: code,
      part,
      value: part === "note" ? "" : content,
      text: part === "note" ? content : "",
      supersedes,
      decides: null,
      device_time: new Date().toISOString(),
    };
    Object.defineProperty(entry, "tried", { value: false, writable: true });
    journal.push(entry);
    shown[key] = entry.id;
    const was = form.querySelector(`input[name="was:${key}"]`);
    if (was) was.value = entry.id;
    say();
    send();
  }

  function content(part, code) {
    const card = cards[code];
    if (part === "answer") return (card.querySelector(`input[type=radio]:checked`) || { value: "" }).value;
    if (part === "reasons") return [...card.querySelectorAll("input[type=checkbox]:checked")].map((box) => box.value).join(";");
    const text = card.querySelector("textarea");
    return (text ? text.value : "").replace(/\r\n?/g, "\n").replace(/\0/g, "").trim();
  }

  function settleTyping(key) {
    if (!(key in typing)) return;
    clearTimeout(typing[key]);
    delete typing[key];
    write("note", key.slice("note:".length), content("note", key.slice("note:".length)));
  }

  function settleAll() {
    Object.keys(typing).forEach(settleTyping);
  }

  /* ---- sending ---- */

  async function send() {
    clearTimeout(timer);
    const batch = journal.filter((entry) => !(entry.id in refused)).slice(0, MOST_IN_A_BATCH);
    if (sending || stopped || !batch.length) return;
    sending = true;
    batch.forEach((entry) => (entry.tried = true));
    const body = JSON.stringify({ entries: batch });
    try {
      const answer = await fetch(`${data.url}?assessment=${data.assessment}`, {
        method: "POST",
        body,
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        credentials: "same-origin",
        redirect: "manual",
        keepalive: body.length < MOST_KEPT_ALIVE,
      });
      await take(answer);
    } catch (_) {
      again("There is no connection.");
    }
    sending = false;
    say();
    if (!trouble) send();
    if (settling && !journal.length) settling.click();
  }

  async function take(answer) {
    const json = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    if (answer.ok && json) return receive(await answer.json());
    if (answer.type === "opaqueredirect" || answer.status === 401) {
      return again("You are signed out. Sign in in another tab; this page then goes on by itself.");
    }
    if (answer.status === 403 && !json) return renewToken();
    if (answer.status === 404) return stop("This case is not open to you any more.");
    if (json && answer.status >= 400 && answer.status < 500) return stop((await answer.json()).sentence);
    // Busy, stopped or full: the server says why, and the page keeps everything and tries again.
    return again((json && (await answer.json()).sentence) || "The server did not take it.");
  }

  function receive(told) {
    const held = new Set(told.receipts.map((receipt) => receipt.id));
    for (let place = journal.length - 1; place >= 0; place -= 1) {
      if (held.has(journal[place].id)) journal.splice(place, 1);
    }
    const renewed = told.refused.some((one) => one.code === "counter-taken");
    if (renewed) device.renew();
    for (const one of told.refused) {
      const entry = journal.find((candidate) => candidate.id === one.id);
      if (one.code !== "counter-taken") refused[one.id] = one.sentence;
      else if (entry) Object.assign(entry, { device: device.name, counter: device.next() });
    }
    for (const key of told.conflicts) mark(key);
    tries = 0;
    trouble = "";
  }

  function again(why) {
    trouble = why;
    tries += 1;
    timer = setTimeout(send, Math.min(LONGEST_WAIT, 500 * 2 ** tries));
  }

  function stop(why) {
    stopped = why;
    trouble = why;
  }

  async function renewToken() {
    // The person has signed in again elsewhere: the page's key is another now.
    const answer = await fetch(data.url, { credentials: "same-origin", redirect: "manual" });
    if (answer.status === 403 || answer.status === 404) return stop("You may not write in this case any more.");
    if (answer.ok) token = (await answer.json()).token;
    return again(answer.ok ? "Trying again." : "You are signed out. Sign in in another tab; this page then goes on by itself.");
  }

  /* ---- what is said ---- */

  const light = document.getElementById("light");
  const words = document.getElementById("light-words");
  const unsent = document.getElementById("unsent");

  function say() {
    const waits = journal.length > 0 || Object.keys(typing).length > 0;
    const names = Object.keys(refused);
    const wrong = trouble || (names.length ? refused[names[0]] : "");
    const state = wrong ? "not-saved" : waits ? "saving" : "saved";
    const text = {
      "not-saved": stopped || names.length ? "Not saved: kept on this page" : "Not saved: kept on this page, trying again",
      saving: "Saving…",
      saved: "Safe to close: everything is saved",
    }[state];
    light.hidden = false;
    light.dataset.state = state;
    light.setAttribute("aria-live", wrong ? "assertive" : "off"); // trouble is announced, a hundred savings are not
    if (words.textContent !== text) words.textContent = text;
    unsent.hidden = !wrong;
    if (wrong) {
      document.getElementById("unsent-why").textContent = wrong;
      document.getElementById("unsent-copy").value = unsentText();
    }
  }

  function unsentText() {
    const written = journal.map((entry) => `${entry.question} (${entry.part})\n${entry.value || entry.text || "taken back"}`);
    const open = Object.keys(typing).map((key) => `${key.slice("note:".length)} (note)\n${content("note", key.slice("note:".length))}`);
    return [...written, ...open].join("\n\n");
  }

  function mark(key) {
    const code = key.split(":")[1];
    if (doubt.has(key) || !cards[code]) return;
    doubt.add(key);
    const told = document.createElement("p");
    told.className = "ins-card__doubt";
    const link = document.createElement("a");
    link.href = `?look=${code}#q-${code}`;
    link.className = "govuk-link";
    link.textContent = "Look at both and decide";
    told.append("Something else was written here on another page. Neither is lost. ", link);
    cards[code].querySelector("fieldset").prepend(told);
    cards[code].classList.add("ins-card--doubt");
    route();
  }

  /* ---- what is asked ---- */

  function route() {
    const values = {};
    for (const code of Object.keys(cards)) values[code] = doubt.has(`answer:${code}`) ? "" : content("answer", code);
    const asked = window.CaseRouting.asked(data.questions, data.rules, values);
    let first = "";
    let number = 0;
    let done = 0;
    for (const section of form.querySelectorAll(".ins-section")) {
      let of = 0;
      let answered = 0;
      for (const card of section.querySelectorAll(".ins-card")) {
        const question = byCode[card.dataset.q];
        const has = asked[question.code] && question.options.includes(values[question.code]);
        card.toggleAttribute("data-out", !asked[question.code]);
        card.toggleAttribute("data-done", has);
        card.querySelector("fieldset").disabled = !asked[question.code];
        const reasons = card.querySelector(".ins-reasons");
        if (reasons) reasons.toggleAttribute("data-idle", !question.short.includes(values[question.code]));
        of += asked[question.code] ? 1 : 0;
        answered += has ? 1 : 0;
        if (!first && asked[question.code] && !has && question.required) first = question.code;
      }
      const link = form.querySelector(`[data-section-link="${section.dataset.section}"]`);
      link.querySelector("[data-done]").textContent = answered;
      link.querySelector("[data-of]").textContent = of;
      number += of;
      done += answered;
    }
    document.getElementById("answered").textContent = done;
    document.getElementById("asked").textContent = number;
    const missing = document.getElementById("to-missing");
    missing.href = first ? `#q-${first}` : "submit/";
    missing.textContent = first ? "Jump to what is missing" : "Nothing is missing";
  }

  /* ---- keys ---- */

  function go(card) {
    const to = card && (card.querySelector("input[type=radio]:checked") || card.querySelector("input[type=radio]"));
    if (to) to.focus();
    if (card) card.scrollIntoView({ block: "nearest" });
  }

  function press(event) {
    const card = event.target.closest && event.target.closest(".ins-card");
    if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
    const text = card.querySelector("textarea");
    if (event.target === text) {
      if (event.key === "Escape") go(card);
      return;
    }
    const all = [...form.querySelectorAll(".ins-card:not([data-out])")];
    const option = /^[1-9]$/.test(event.key) && card.querySelectorAll("input[type=radio]:not([value=''])")[event.key - 1];
    const guidance = card.querySelector(".ins-card__guidance");
    if (option) {
      option.focus();
      option.click();
    } else if (event.key === "e" && text) {
      const folded = text.closest("details");
      if (folded) folded.open = true;
      text.focus();
    } else if (event.key === "g" && guidance) guidance.open = !guidance.open;
    else if (event.key === "n" || event.key === "p") go(all[all.indexOf(card) + (event.key === "n" ? 1 : -1)]);
    else return;
    event.preventDefault();
  }

  /* ---- begin ---- */

  form.addEventListener("change", (event) => {
    const card = event.target.closest(".ins-card");
    if (!card) return;
    const part = { radio: "answer", checkbox: "reasons" }[event.target.type];
    if (part) {
      write(part, card.dataset.q, content(part, card.dataset.q));
      route();
    } else settleTyping(`note:${card.dataset.q}`);
  });
  form.addEventListener("input", (event) => {
    if (event.target.tagName !== "TEXTAREA" || !event.target.closest(".ins-card")) return;
    const key = `note:${event.target.closest(".ins-card").dataset.q}`;
    clearTimeout(typing[key]);
    typing[key] = setTimeout(() => settleTyping(key), AFTER_LAST_KEY);
    say();
  });
  form.addEventListener("keydown", press);
  form.addEventListener("submit", (event) => {
    // A button that decides between two answers goes to the server as it is, once all else is there.
    settleAll();
    const decides = event.submitter && event.submitter.name === "settle";
    if (decides && !journal.length) return;
    event.preventDefault();
    settling = decides ? event.submitter : null;
  });
  document.getElementById("unsent-again").addEventListener("click", () => {
    stopped = "";
    trouble = "";
    Object.keys(refused).forEach((id) => delete refused[id]);
    say();
    send();
  });
  window.addEventListener("online", () => send());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && settleAll());
  window.addEventListener("pagehide", settleAll);
  window.addEventListener("beforeunload", (event) => {
    settleAll();
    if (journal.length) event.preventDefault();
  });

  for (const code of Object.keys(cards)) {
    for (const part of ["answer", "reasons", "note"]) before[`${part}:${code}`] = content(part, code);
  }
  document.documentElement.classList.add("ins-live");
  route();
  say();
})();
