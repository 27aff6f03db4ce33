using System.Runtime.InteropServices;

namespace Eigenflow.Systems;

/// <summary>A printed statement tried on one input.</summary>
/// <param name="Inputs">The input, such as <c>d = 100, a = 2</c>.</param>
/// <param name="Measured">The measured value.</param>
/// <param name="Printed">What the printed statement gives for it: a bound or a value.</param>
/// <param name="Corrected">What the correction gives; not a number without one.</param>
/// <param name="Half">Half-width of the interval of the measurement; null where it has no noise.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StatementTrial(string Inputs, double Measured, double Printed, double Corrected = double.NaN, double? Half = null);
