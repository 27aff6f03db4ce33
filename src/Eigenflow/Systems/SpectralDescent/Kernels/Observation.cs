namespace Eigenflow.Systems.SpectralDescent;

/// <summary>What is recorded of a state.</summary>
/// <param name="A">Signal coefficient a.</param>
/// <param name="B">Coefficient b of the spike (or of the loudest other mode).</param>
/// <param name="C">Coefficient c of the bulk (or of the last mode).</param>
/// <param name="Loss">L.</param>
/// <param name="Alignment">A_F.</param>
/// <param name="EnergyFraction">A_E.</param>
/// <param name="Residual">T = tr(QΔ).</param>
/// <param name="SignalSlope">h_a.</param>
/// <param name="LoudSlope">h_b.</param>
/// <param name="QuietSlope">h_c.</param>
internal readonly record struct Observation(
    double A, double B, double C, double Loss, double Alignment, double EnergyFraction, double Residual, double SignalSlope, double LoudSlope, double QuietSlope);
