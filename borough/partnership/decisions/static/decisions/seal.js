// Seals a position in the browser: only the seal is sent. The same rules as positions.py and
// sealing.py: canonical JSON (keys in order, no spaces), then 32 random bytes, then SHA-256.

const sealer = document.getElementById("sealer");
const told = (name) => JSON.parse(sealer.dataset[name]);
const WORDS = ["why", "change_mind", "risks", "vulnerable", "staff"];

const LARGEST = 1e15; // as in positions.py
const LONGEST_DAYS = 10 * 366;

class Missing extends Error {}

function field(name) {
  const found = document.getElementById(`sealer_${name}`);
  return found ? found.value.trim() : "";
}

function chosen(name) {
  return [...sealer.querySelectorAll(`input[name="${name}"]:checked`)].map((one) => one.value);
}

function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const pairs = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${pairs.join(",")}}`;
}

function hundredths(name, unit) {
  const plain = field(name).replace(/[£%,\s]/g, "");
  const parts = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(plain);
  if (!parts) throw new Missing("Write each value of a forecast as a number, like 97.5.");
  const size = (Number(parts[2]) * 100 + Number((parts[3] || "").padEnd(2, "0"))) * (unit === "pence" ? 100 : 1);
  if (size > LARGEST) throw new Missing("Forecast a value that the measure can come to: this one is too large.");
  return (parts[1] ? -size : size) || 0;
}

function day(name) {
  const [on, month, year] = ["", "_month", "_year"].map((part) => Number(field(`${name}${part}`)));
  const made = new Date(Date.UTC(year, month - 1, on));
  const real = made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === on;
  if (!real || year < 1000) throw new Missing("Write the day of each forecast, like 31 3 2026.");
  const iso = made.toISOString().slice(0, 10);
  const asked = Date.parse(sealer.dataset.asked);
  if (made < asked || made > asked + LONGEST_DAYS * 86_400_000) {
    throw new Missing("Forecast a day that is still to come, and at most ten years away.");
  }
  return iso;
}

function forecast(place, units) {
  const measure = field(`measure_${place}`);
  if (!measure) return null;
  const [low, median, high] = ["low", "median", "high"].map((part) => hundredths(`${part}_${place}`, units[measure]));
  if (low > median || median > high) {
    throw new Missing("The middle of a forecast must lie between its lowest and highest value.");
  }
  return { measure, low, median, high, due: day(`due_${place}`) };
}

function chance(units) {
  const measure = field("chance_measure");
  if (!measure) return null;
  const reach = field("chance_reach");
  const percent = Number(field("chance_percent") || NaN);
  if (!reach) throw new Missing("Say whether it will be at least or at most the value.");
  if (!Number.isInteger(percent) || percent < 0 || percent > 100) {
    throw new Missing("Say how likely it is, from 0 to 100.");
  }
  return { measure, reach, value: hundredths("chance_value", units[measure]), percent, due: day("chance_due") };
}

function position() {
  const units = told("units");
  const option = chosen("option");
  const sure = Number(field("sure"));
  const reasons = chosen("reasons").sort();
  if (!option.length) throw new Missing("Choose one of the options.");
  if (!Number.isInteger(sure) || sure < 50 || sure > 100) throw new Missing("Say how sure you are, from 50 to 100.");
  if (!reasons.length) throw new Missing("Choose at least one reason.");
  const forecasts = [1, 2, 3].map((place) => forecast(place, units)).filter(Boolean);
  if (Object.keys(units).length && !forecasts.length) throw new Missing("Forecast at least one measure.");
  const words = Object.fromEntries(WORDS.map((name) => [name, field(name).replace(/\r\n?/g, "\n")]));
  if (Object.values(words).some((one) => !one || !one.isWellFormed())) throw new Missing("Answer each question in words.");
  return { option: Number(option[0]), sure, reasons, forecasts, chance: chance(units), ...words };
}

const hex = (bytes) => [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");

async function seal() {
  const text = canonical({ place: told("place"), position: position() });
  const nonce = crypto.getRandomValues(new Uint8Array(32));
  const bytes = new TextEncoder().encode(text);
  const both = new Uint8Array(bytes.length + nonce.length);
  both.set(bytes);
  both.set(nonce, bytes.length);
  const digest = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", both)));
  return { digest, file: canonical({ nonce: hex(nonce), text }) };
}

function keep(sealed) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([sealed.file], { type: "application/json" }));
  link.download = `position-${sealed.digest.slice(0, 8)}.sealed.json`;
  link.className = "govuk-link";
  link.textContent = `Keep the file ${link.download}`;
  document.getElementById("sealer-kept").replaceChildren(
    link, " on your own machine: without it nobody can ever open what you sealed. Its seal stands below; enter it.",
  );
  link.click();
  document.getElementById("id_digest").value = sealed.digest;
}

if (sealer && window.crypto && window.crypto.subtle) {
  sealer.hidden = false;
  document.getElementById("sealer-seal").addEventListener("click", async () => {
    const fault = document.getElementById("sealer-fault");
    fault.textContent = "";
    try {
      keep(await seal());
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
      fault.textContent = error.message;
    }
  });
}
