import type { PanelModel } from './model';
import { element } from './elements';

export type Tool = 'x' | 'y' | 'window' | 'reset';

/** The buttons of a panel: scales of its axes, the window of a fitted slope, and what resets its zoom. */
export class Tools {
  readonly element = element('div', 'ef-tools');
  private readonly buttons: Readonly<Record<Tool, HTMLButtonElement>>;

  constructor(use: (tool: Tool) => void, private readonly hasWindow: boolean) {
    const button = (tool: Tool): HTMLButtonElement => {
      const made = element('button', 'ef-tool');
      made.type = 'button';
      made.addEventListener('click', () => use(tool));
      return made;
    };
    this.buttons = { x: button('x'), y: button('y'), window: button('window'), reset: button('reset') };
    this.element.setAttribute('role', 'toolbar');
    this.element.append(...Object.values(this.buttons));
  }

  show(model: PanelModel, name: string): void {
    const { x, y, window, reset } = this.buttons;
    this.element.setAttribute('aria-label', `Tools of ${name}`);
    const scale = (button: HTMLButtonElement, axis: 'x' | 'y', can: boolean): void => {
      const isLog = model[axis].isLogarithmic;
      button.hidden = !can;
      button.textContent = `${axis} ${isLog ? 'log' : 'linear'}`;
      button.title = `Make the ${axis === 'x' ? 'horizontal' : 'vertical'} axis ${isLog ? 'linear' : 'logarithmic'}`;
      button.setAttribute('aria-label', `${button.textContent}: change the scale of the ${axis === 'x' ? 'horizontal' : 'vertical'} axis`);
    };
    scale(x, 'x', model.canX);
    scale(y, 'y', model.canY);
    window.hidden = !this.hasWindow || !model.canX;
    window.textContent = 'slope';
    window.title = 'Fit a slope in a window';
    window.setAttribute('aria-pressed', String(model.view.window !== undefined));
    reset.hidden = model.view.xRange === undefined && model.view.yRange === undefined;
    reset.textContent = 'reset zoom';
    reset.title = 'Show all (double click, 0 or Esc)';
    this.element.hidden = Object.values(this.buttons).every((button) => button.hidden);
  }
}
