() => {
  document.documentElement.lang = (navigator.language || 'zh').toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
  const zoom = paper => paper.classList.toggle('big');
  document.addEventListener('click', event => {
    const paper = event.target.closest('.paper');
    if (paper) zoom(paper);
  });
  document.addEventListener('keydown', event => {
    const paper = event.target.closest && event.target.closest('.paper');
    if (paper && event.key === 'Enter') zoom(paper);
    if (event.key === '/' && !/INPUT|TEXTAREA/.test(event.target.tagName)) {
      event.preventDefault();
      document.querySelector('#question textarea')?.focus();
    }
  });
}
