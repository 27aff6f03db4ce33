import './styles';
import { startRouter } from './shell/router';
import { themeSwitch } from './shell/theme-switch';
import { printInLight } from './shell/theme';
import { watchErrors } from './shell/trouble';

watchErrors();
printInLight();
document.querySelector('#shell-tools')!.append(themeSwitch());

// The hash is the address of the view: the link that skips the header must not change it.
document.querySelector('.skip-link')!.addEventListener('click', (event) => {
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')!.focus();
});
startRouter();
