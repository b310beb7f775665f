() => {
  document.documentElement.lang = (navigator.language || 'zh').toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
  const readable = () => {
    document.querySelectorAll('#talk .go:not([tabindex])').forEach(one => {
      one.tabIndex = 0;
      one.setAttribute('role', 'button');
    });
    const whole = document.querySelector('#finding [data-whole]')?.dataset.whole;
    if (whole && whole === document.querySelector('#findings .chosen')?.dataset.finding) {
      document.querySelector('#deciding.waiting')?.classList.remove('waiting');
    }
    document.querySelectorAll('#talk [data-testid][aria-label]').forEach(one => one.removeAttribute('aria-label'));
  };
  new MutationObserver(readable).observe(document.body, {childList: true, subtree: true});
  const zoom = paper => paper.classList.toggle('big');
  document.addEventListener('click', event => {
    const paper = event.target.closest('.paper');
    if (paper) zoom(paper);
  });
  document.addEventListener('keydown', event => {
    const paper = event.target.closest && event.target.closest('.paper');
    if (paper && event.key === 'Enter') zoom(paper);
    if (event.key === 'Enter' && event.target.classList?.contains('go')) event.target.click();
    if (event.key === '/' && !/INPUT|TEXTAREA/.test(event.target.tagName)) {
      event.preventDefault();
      document.querySelector('#question textarea')?.focus();
    }
  });
}
