//! OKLab, in which equal steps look equal (Björn Ottosson, <https://bottosson.github.io/posts/oklab/>), and the way to it
//! from sRGB and back.

/// How often a search is halved: until the rest is far less than one of 255 steps.
const HALVINGS: usize = 24;

/// A colour in OKLab.
pub(super) struct Lab {
    lightness: f64,
    /// Green to red.
    pub(super) a: f64,
    /// Blue to yellow.
    pub(super) b: f64,
}

impl Lab {
    /// The colour with these parts of linear light.
    pub(super) fn of([r, g, b]: [f64; 3]) -> Lab {
        let long = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let medium = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let short = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        Lab {
            lightness: 0.210_454_255_3 * long + 0.793_617_785_0 * medium - 0.004_072_046_8 * short,
            a: 1.977_998_495_1 * long - 2.428_592_205_0 * medium + 0.450_593_709_9 * short,
            b: 0.025_904_037_1 * long + 0.782_771_766_2 * medium - 0.808_675_766_0 * short,
        }
    }

    /// Its parts of linear light; outside of 0 to 1 when no screen can show it.
    fn linear(&self) -> [f64; 3] {
        let Lab { lightness, a, b } = self;
        let long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let medium = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let short = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        [
            4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short,
            -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
            -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short,
        ]
    }

    /// How colourful it is; 0 is grey.
    pub(super) fn chroma(&self) -> f64 {
        self.a.hypot(self.b)
    }

    #[cfg(test)]
    pub(super) fn distance(&self, other: &Lab) -> f64 {
        (self.lightness - other.lightness).hypot((self.a - other.a).hypot(self.b - other.b))
    }
}

/// The parts of linear light of a colour of this luminance: as colourful as `a` and `b` say, or less where screens can't
/// show that.
pub(super) fn shown(a: f64, b: f64, luminance: f64) -> [f64; 3] {
    let whole = with_luminance(a, b, luminance);
    if can_be_shown(whole) {
        return whole;
    }
    let (mut fits, mut exceeds) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(fits, exceeds);
        if can_be_shown(with_luminance(a * middle, b * middle, luminance)) { fits = middle } else { exceeds = middle }
    }
    with_luminance(a * fits, b * fits, luminance)
}

/// Luminance grows with lightness, so halving finds it.
fn with_luminance(a: f64, b: f64, wanted: f64) -> [f64; 3] {
    let (mut low, mut high) = (0.0, 1.2);
    for _ in 0..HALVINGS {
        let lightness = f64::midpoint(low, high);
        if luminance(Lab { lightness, a, b }.linear()) < wanted { low = lightness } else { high = lightness }
    }
    Lab { lightness: f64::midpoint(low, high), a, b }.linear()
}

/// Within what rounding to one of 255 steps forgives.
fn can_be_shown(parts: [f64; 3]) -> bool {
    parts.iter().all(|part| (-0.000_1..=1.000_1).contains(part))
}

/// The relative luminance of WCAG 2.2.
pub(super) fn luminance([r, g, b]: [f64; 3]) -> f64 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// A part of sRGB, 0 to 1, as light.
pub(super) fn to_linear(part: f64) -> f64 {
    if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

/// Light as a part of sRGB, 0 to 1.
pub(super) fn from_linear(light: f64) -> f64 {
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}
