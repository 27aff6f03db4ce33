import { announce } from './announcer';
import { chooseTheme, chosenTheme, nextTheme, type Theme } from './theme';

const words: Record<Theme, string> = { system: 'as the system', light: 'light', dark: 'dark' };
const shapes: Record<Theme, string> = {
  system: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 2v14a7 7 0 0 0 0-14Z',
  light: 'M12 7.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM11 1.5h2v3.5h-2zM11 19h2v3.5h-2zM1.5 11H5v2H1.5zM19 11h3.5v2H19zM3.9 5.3l1.4-1.4 2.5 2.5-1.4 1.4zM16.2 17.6l1.4-1.4 2.5 2.5-1.4 1.4zM18.7 3.9l1.4 1.4-2.5 2.5-1.4-1.4zM6.4 16.2l1.4 1.4-2.5 2.5-1.4-1.4z',
  dark: 'M20 14.6A8.5 8.5 0 0 1 9.4 4a8.5 8.5 0 1 0 10.6 10.6Z',
};

/** A button that goes through the themes: as the system, light, dark. */
export function themeSwitch(): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'icon-button theme-switch';
  const space = 'http://www.w3.org/2000/svg';
  const icon = document.createElementNS(space, 'svg');
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('fill', 'currentColor');
  path.setAttribute('fill-rule', 'evenodd');
  icon.append(path);
  button.append(icon);
  const show = (): void => {
    const theme = chosenTheme();
    button.dataset['theme'] = theme;
    button.setAttribute('aria-label', `Colours: ${words[theme]}`);
    button.title = `Colours: ${words[theme]}`;
    path.setAttribute('d', shapes[theme]);
  };
  button.addEventListener('click', () => {
    const theme = nextTheme(chosenTheme());
    chooseTheme(theme);
    show();
    announce(`Colours: ${words[theme]}.`);
  });
  show();
  return button;
}
