//! The signs of a captcha spoken one after the other, at several speeds and heights of the voice, in noise.

use super::chance::Chance;
use super::letters::Sign;

/// Samples a second.
const RATE: u32 = 8000;

/// Silence, in 8 bits.
const MIDDLE: f32 = 128.0;

/// Speaks signs, as a WAV file.
pub(super) fn speak(signs: &[Sign], chance: &mut Chance) -> Vec<u8> {
    let mut samples = Vec::new();
    pause(&mut samples, chance);
    for sign in signs {
        // Quicker is higher, too.
        let (speed, loudness) = (chance.between(0.82, 1.18), chance.between(0.6, 0.9));
        let length = (sign.spoken.len() as f32 / speed) as usize;
        let spoken = (0..length).filter_map(|place| sign.spoken.get((place as f32 * speed) as usize));
        samples.extend(spoken.map(|sample| (f32::from(*sample) - MIDDLE) * loudness));
        pause(&mut samples, chance);
    }
    let (hum, height) = (chance.between(2.0, 5.0), chance.between(0.02, 0.09));
    let noisy = samples.iter().enumerate().map(|(place, sample)| {
        let noise = chance.between(-9.0, 9.0) + hum * (place as f32 * height).sin();
        (MIDDLE + sample + noise).clamp(0.0, 255.0) as u8
    });
    wav(&noisy.collect::<Vec<u8>>())
}

fn pause(samples: &mut Vec<f32>, chance: &mut Chance) {
    let length = chance.between(0.35, 0.7) * RATE as f32;
    samples.extend(std::iter::repeat_n(0.0, length as usize));
}

/// Samples as a WAV file: PCM, one channel, 8 bits.
fn wav(samples: &[u8]) -> Vec<u8> {
    let length = samples.len() as u32;
    let mut file = b"RIFF".to_vec();
    file.extend((36 + length).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend([1_u16, 1].map(u16::to_le_bytes).concat());
    file.extend([RATE, RATE].map(u32::to_le_bytes).concat());
    file.extend([1_u16, 8].map(u16::to_le_bytes).concat());
    file.extend(b"data");
    file.extend(length.to_le_bytes());
    file.extend(samples);
    file
}
