// How nodes and links are drawn in WebGL: nodes by shape as well as colour, links with dash, head and twins apart.

import { EdgeLineProgram, EdgeProgram, NodeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

/** The palette's shapes, by the number that the shader knows them by. */
export const SHAPES = ["dot", "square", "diamond", "triangle", "triangleDown", "hexagon", "star"];

/** Pixels from the middle of a node within which it is met; set for the picture that is drawn. */
export const reach = { pixels: 12 };

const NODE_VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_pixelRatio;
uniform float u_reach;
varying vec4 v_color;
varying float v_shape;
varying float v_pixel;
void main() {
  float pixels = a_size / u_sizeRatio;
  #ifdef PICKING_MODE
  pixels = a_size > 0.0 ? max(pixels, u_reach) : 0.0;
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
  v_shape = a_shape;
  v_pixel = 1.0 / max(pixels * u_pixelRatio, 0.5);
  gl_PointSize = pixels * u_pixelRatio * 2.7;
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
}`;

const NODE_FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying float v_shape;
varying float v_pixel;
float outside(vec2 p, float shape) {
  vec2 q = abs(p);
  if (shape < 0.5) return length(p) - 1.0;
  if (shape < 1.5) return max(q.x, q.y) - 0.875;
  if (shape < 2.5) return (q.x + q.y - 1.125) * 0.707;
  if (shape < 4.5) {
    float up = shape < 3.5 ? p.y : -p.y;
    return max((1.875 * q.x + 1.125 * (up - 1.0)) / 2.187, -0.875 - up);
  }
  if (shape < 5.5) return max(q.y - 0.974, q.x * 0.866 + q.y * 0.5 - 0.974);
  float turn = mod(atan(p.x, p.y) + 0.628319, 1.256637) - 0.628319;
  vec2 s = length(p) * vec2(cos(turn), abs(sin(turn)));
  return dot(s - vec2(1.125, 0.0), vec2(0.3777, 0.9259));
}
void main() {
  vec2 spot = (gl_PointCoord * 2.0 - 1.0) * vec2(1.35, -1.35);
  #ifdef PICKING_MODE
  if (length(spot) > 1.0) discard;
  gl_FragColor = v_color;
  #else
  float far = outside(spot, v_shape);
  gl_FragColor = v_color * (1.0 - smoothstep(-v_pixel, v_pixel * 0.5, far));
  #endif
}`;

const EDGE_VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_start;
attribute vec2 a_end;
attribute float a_thick;
attribute float a_dash;
attribute float a_aside;
attribute float a_head;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec2 v_spot;
varying float v_long;
varying float v_thick;
varying float v_dash;
varying float v_head;
void main() {
  float pixel = 2.0 * u_correctionRatio;
  vec2 way = a_end - a_start;
  float far = length(way);
  vec2 along = far > 0.0 ? way / far : vec2(1.0, 0.0);
  vec2 across = vec2(-along.y, along.x);
  float half_ = a_thick / 2.0 + 1.0;
  if (a_head > 0.0) half_ = max(half_, 5.0);
  #ifdef PICKING_MODE
  half_ = max(half_, 6.0);
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
  v_long = far / pixel;
  v_spot = vec2(v_long * a_corner.x, half_ * a_corner.y);
  v_thick = a_thick;
  v_dash = a_dash;
  v_head = a_head > 0.0 ? a_head / u_sizeRatio + 1.5 : 0.0;
  vec2 spot = a_start + way * a_corner.x + across * (half_ * a_corner.y + a_aside) * pixel;
  gl_Position = vec4((u_matrix * vec3(spot, 1)).xy, 0, 1);
}`;

const EDGE_FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec2 v_spot;
varying float v_long;
varying float v_thick;
varying float v_dash;
varying float v_head;
bool gap(float along) {
  if (v_dash < 0.5) return false;
  if (v_dash < 1.5) return mod(along, 7.0) > 2.5;
  if (v_dash < 2.5) return mod(along, 13.0) > 9.0;
  float at = mod(along, 22.0);
  return at > 12.0 && (at < 16.0 || at > 18.0);
}
void main() {
  #ifdef PICKING_MODE
  gl_FragColor = v_color;
  #else
  float wide = v_thick / 2.0;
  float left = v_long - v_head - v_spot.x;
  if (v_head > 0.0) {
    if (left < 0.0) discard;
    if (left < 9.0) wide = max(0.0, left * 0.45);
    else if (gap(v_spot.x)) discard;
  } else if (gap(v_spot.x)) discard;
  float clear = 1.0 - smoothstep(wide - 0.4, wide + 0.6, abs(v_spot.y));
  if (clear <= 0.0) discard;
  gl_FragColor = v_color * clear;
  #endif
}`;

const BYTES = WebGLRenderingContext.UNSIGNED_BYTE;
const FLOAT = WebGLRenderingContext.FLOAT;
/** The two triangles of a link: along it, and to its sides. Not by instances, of which software WebGL draws each apart. */
const CORNERS = [
  [0, -1],
  [0, 1],
  [1, -1],
  [1, -1],
  [0, 1],
  [1, 1],
];
const COLOURS = [
  { name: "a_color", size: 4, type: BYTES, normalized: true },
  { name: "a_id", size: 4, type: BYTES, normalized: true },
];

/** A node as one of `SHAPES`; `shape` is its number. By what it is met is drawn when somebody points at something. */
export class Mark extends NodeProgram {
  /**
   * @param {WebGLRenderingContext} gl
   * @param {WebGLFramebuffer | null} picking
   * @param {any} renderer
   */
  constructor(gl, picking, renderer) {
    super(gl, picking, renderer);
    const programs = /** @type {any} */ (this);
    /** @type {any} */
    this.picked = programs.pickProgram;
    programs.pickProgram = null;
    /** @type {any} */
    this.due = null;
  }

  /** @param {any} params */
  render(params) {
    super.render(params);
    this.due = params;
  }

  /** Draw what `getNodeAtPosition` reads, unless that is done. */
  pick() {
    const { due, picked, normalProgram } = this;
    this.due = null;
    if (!due || !picked) return;
    this.normalProgram = picked;
    super.render({ ...due, pixelRatio: due.pixelRatio / due.downSizingRatio });
    this.normalProgram = normalProgram;
  }

  getDefinition() {
    return {
      VERTICES: 1,
      VERTEX_SHADER_SOURCE: NODE_VERTEX,
      FRAGMENT_SHADER_SOURCE: NODE_FRAGMENT,
      METHOD: WebGLRenderingContext.POINTS,
      UNIFORMS: ["u_matrix", "u_sizeRatio", "u_pixelRatio", "u_reach"],
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_shape", size: 1, type: FLOAT },
        ...COLOURS,
      ],
    };
  }

  /**
   * @param {number} id
   * @param {number} at
   * @param {any} node
   */
  processVisibleItem(id, at, node) {
    const array = this.array;
    array[at++] = node.x;
    array[at++] = node.y;
    array[at++] = node.size;
    array[at++] = node.shape ?? 0;
    array[at++] = floatColor(node.color);
    array[at++] = id;
  }

  /**
   * @param {any} params
   * @param {any} program
   */
  setUniforms(params, { gl, uniformLocations }) {
    gl.uniform1f(uniformLocations.u_pixelRatio, params.pixelRatio);
    gl.uniform1f(uniformLocations.u_sizeRatio, params.sizeRatio);
    if (uniformLocations.u_reach) gl.uniform1f(uniformLocations.u_reach, reach.pixels);
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
  }
}

/** A link: `dash` 0 full, 1 dotted, 2 dashed, 3 both; `aside` pixels from the middle; `directed` gives it a head. */
export class Stroke extends EdgeProgram {
  getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: EDGE_VERTEX,
      FRAGMENT_SHADER_SOURCE: EDGE_FRAGMENT,
      METHOD: WebGLRenderingContext.TRIANGLES,
      UNIFORMS: ["u_matrix", "u_sizeRatio", "u_correctionRatio"],
      ATTRIBUTES: [
        { name: "a_start", size: 2, type: FLOAT },
        { name: "a_end", size: 2, type: FLOAT },
        { name: "a_thick", size: 1, type: FLOAT },
        { name: "a_dash", size: 1, type: FLOAT },
        { name: "a_aside", size: 1, type: FLOAT },
        { name: "a_head", size: 1, type: FLOAT },
        { name: "a_corner", size: 2, type: FLOAT },
        ...COLOURS,
      ],
    };
  }

  /**
   * @param {number} id
   * @param {number} at
   * @param {any} source
   * @param {any} target
   * @param {any} edge
   */
  processVisibleItem(id, at, source, target, edge) {
    const array = this.array;
    const color = floatColor(edge.color);
    for (const [along, side] of CORNERS) {
      array[at++] = source.x;
      array[at++] = source.y;
      array[at++] = target.x;
      array[at++] = target.y;
      array[at++] = edge.size;
      array[at++] = edge.dash ?? 0;
      array[at++] = edge.aside ?? 0;
      array[at++] = edge.directed ? target.size : 0;
      array[at++] = along;
      array[at++] = side;
      array[at++] = color;
      array[at++] = id;
    }
  }

  /**
   * @param {any} params
   * @param {any} program
   */
  setUniforms(params, { gl, uniformLocations }) {
    gl.uniform1f(uniformLocations.u_correctionRatio, params.correctionRatio);
    gl.uniform1f(uniformLocations.u_sizeRatio, params.sizeRatio);
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
  }
}

/** A link as a line of one pixel, which one can click. */
export class LineToPick extends EdgeLineProgram {}

/** A link as a line of one pixel, which one cannot click: it is drawn once, not twice. */
export class Line extends EdgeLineProgram {
  /**
   * @param {WebGLRenderingContext} gl
   * @param {WebGLFramebuffer | null} _
   * @param {any} renderer
   */
  constructor(gl, _, renderer) {
    super(gl, null, renderer);
  }
}

/** Draws nothing, and compiles nothing for it. */
export class Unused {
  process() {}
  reallocate() {}
  render() {}
  kill() {}
}

/**
 * The number of a dash, from the palette's lengths of line and gap.
 * @param {number[]} dash
 */
export const dashOf = (dash) => (dash.length > 2 ? 3 : dash.length === 0 ? 0 : dash[0] < 5 ? 1 : 2);
