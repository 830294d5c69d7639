// A large picture that is moved or zoomed: what is drawn is shifted as it is, and drawn anew when it comes to rest.
// Drawing a hundred thousand nodes takes longer than a frame may; shifting what was drawn takes nearly nothing.

const REST = 150;

export class Sliding {
  /** @param {import("sigma").default} renderer */
  constructor(renderer) {
    this.renderer = renderer;
    /** Whether the picture is one that slides; a small one is drawn at each move. */
    this.large = false;
    /** Whether what is seen lies elsewhere than where it was drawn. */
    this.away = false;
    this.drawn = renderer.getCamera().getState();
    this.timer = 0;
    const schedule = renderer.scheduleRender.bind(renderer);
    const captor = renderer.getMouseCaptor();
    // Not before the picture is let go: drawing would hold up the next move, and that one the next.
    const rest = () => {
      if (captor.isMouseDown) this.timer = setTimeout(rest, REST);
      else schedule();
    };
    renderer.on("afterRender", () => this.settle());
    renderer.scheduleRender = () => {
      if (!this.large || !this.moved()) return schedule();
      this.shift();
      clearTimeout(this.timer);
      this.timer = setTimeout(rest, REST);
      return renderer;
    };
  }

  moved() {
    const now = this.renderer.getCamera().getState();
    return now.x !== this.drawn.x || now.y !== this.drawn.y || now.ratio !== this.drawn.ratio;
  }

  /** Every layer goes to where the camera would have it, but the one that takes the mouse. */
  shift() {
    const { renderer, drawn } = this;
    const [from, to] = [drawn, renderer.getCamera().getState()].map((cameraState) =>
      [0, 1].map((x) => renderer.framedGraphToViewport({ x, y: 0 }, { cameraState })),
    );
    const scale = (to[1].x - to[0].x) / (from[1].x - from[0].x);
    const [x, y] = [to[0].x - scale * from[0].x, to[0].y - scale * from[0].y];
    for (const layer of this.layers()) layer.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    this.away = true;
  }

  /** What was drawn is where it belongs. */
  settle() {
    clearTimeout(this.timer);
    this.drawn = this.renderer.getCamera().getState();
    if (this.away) for (const layer of this.layers()) layer.style.transform = "";
    this.away = false;
  }

  layers() {
    return Object.entries(this.renderer.getCanvases()).flatMap(([name, layer]) => (name === "mouse" ? [] : [layer]));
  }
}
