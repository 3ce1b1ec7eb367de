/** The night planner: a widget with a shadow root of its own, a curve on a canvas, and two buttons that are not finished. */
import '../fleet-picker.js';

const canvas = document.querySelector('#night-curve');
const answer = document.querySelector('#planner-answer');
const picker = document.querySelector('halden-fleet-picker');
const hours = 12;

picker.addEventListener('change', draw);
document.querySelector('#load-sample').addEventListener('click', () => loadSample());
draw();

function draw() {
  const { vehicles, limitKw } = picker;
  const atOnce = curve((hour) => vehicles * 11 * Math.exp(-hour / 3.2));
  const mean = atOnce.reduce((sum, kw) => sum + kw, 0) / atOnce.length;
  const planned = curve(() => Math.min(limitKw, mean));
  const context = canvas.getContext('2d');
  const top = Math.max(limitKw, ...atOnce) * 1.15;
  context.clearRect(0, 0, canvas.width, canvas.height);
  line(context, atOnce, { top, colour: '#ff9c88' });
  line(context, planned, { top, colour: '#f2b632' });
  line(
    context,
    curve(() => limitKw),
    { top, colour: '#eef4ee' },
  );
  answer.textContent =
    Math.max(...atOnce) > limitKw
      ? `All at once you would pass the limit at ${Math.round(atOnce[0])} kW. Planned, the night fits.`
      : 'This night fits even when all charge at once.';
}

function line(context, points, { top, colour }) {
  context.beginPath();
  for (const [index, kw] of points.entries()) {
    context.lineTo((index / (points.length - 1)) * canvas.width, canvas.height * (1 - kw / top));
  }
  context.lineWidth = 5;
  context.strokeStyle = colour;
  context.stroke();
}

function curve(kwAt) {
  return Array.from({ length: 49 }, (_, index) => kwAt((index / 48) * hours));
}

/** The archive answers nothing since it was moved. What this throws is for whoever watches the site's errors. */
function loadSample() {
  const archive = window.haldenArchive;
  answer.textContent = archive.nights.at(-1).summary;
}
