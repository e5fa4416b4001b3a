
'use strict';
(() => {
  const slides = [...document.querySelectorAll('section')];
  let at = 0;

  // A name is never cut: it gets smaller, at last it takes two lines.
  const fitName = cell => {
    const text = cell.firstChild;
    cell.classList.remove('wrapped');
    text.style.fontSize = '';
    const room = cell.clientWidth, needed = text.getBoundingClientRect().width;
    if (needed <= room) return;
    const least = 0.72;
    text.style.fontSize = Math.max(least, room / needed * 0.99) + 'em';
    if (room / needed < least) cell.classList.add('wrapped');
  };
  const overflows = slide => {
    const main = slide.querySelector('main');
    return main.scrollHeight > main.clientHeight || main.scrollWidth > main.clientWidth ||
      slide.scrollHeight > slide.clientHeight;
  };
  const fit = slide => {
    for (let share = 100; share >= 30; share -= 2) {
      slide.style.fontSize = share === 100 ? '' : `calc(${share / 100} * 5 * var(--u))`;
      slide.querySelectorAll('td.name').forEach(fitName);
      if (!overflows(slide)) return;
    }
  };
  const show = to => {
    at = Math.min(Math.max(to, 0), slides.length - 1);
    slides.forEach((slide, i) => slide.classList.toggle('shown', i === at));
    fit(slides[at]);
    history.replaceState(null, '', '#' + slides[at].id);
  };
  const fromAddress = () => {
    const named = slides.findIndex(slide => '#' + slide.id === location.hash);
    show(named < 0 ? 0 : named);
  };
  const fullScreen = () => document.fullscreenElement
    ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  const keys = {
    ArrowRight: () => show(at + 1), ArrowDown: () => show(at + 1), PageDown: () => show(at + 1),
    ' ': () => show(at + 1), Enter: () => show(at + 1),
    ArrowLeft: () => show(at - 1), ArrowUp: () => show(at - 1), PageUp: () => show(at - 1),
    Backspace: () => show(at - 1),
    Home: () => show(0), End: () => show(slides.length - 1),
    f: fullScreen, b: () => document.body.classList.toggle('blank'),
  };

  addEventListener('keydown', event => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  addEventListener('hashchange', fromAddress);
  addEventListener('resize', () => fit(slides[at]));
  fromAddress();
})();
