using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The modes of the typical teacher and start, in O(log d) work at any dimension: squares are replaced by their means, and the
/// product w_i(0) w*_i, whose sign is random, by κ √(w_i(0)² w*_i²) with κ chosen such that the escape coefficient C equals its root mean
/// square over the random signs (derived; docs/systems/phase-retrieval.md). Deterministic teacher and start keep their mean product.
/// </summary>
internal static class AveragedModes
{
    private const int StartSquare = 1, Cross = 2, TeacherSquare = 3, ColumnCount = 4;

    public static WeightedModes Build(PhaseRetrievalProblem problem, int octaves, CancellationToken cancellation)
    {
        if (!problem.Teacher.HasTypicalForm)
            throw new ParameterException("modes", "averaged", "full or compressed when the teacher is given by a file", "use modes = compressed");
        if (!problem.Start.HasTypicalForm)
            throw new ParameterException("modes", "averaged", "full or compressed when the start is given by a file", "use modes = compressed");

        var isRandom = problem.Teacher.IsRandom || problem.Start.IsRandom;
        var mean = problem.Start.TypicalMean;
        var square = problem.Start.TypicalSquare;
        var measure = SpectralCompression.Average(problem.Spectrum, ColumnCount, Columns, octaves, cancellation);
        var scale = ModeNormalization.Of(
            problem,
            measure.Integrate(TeacherSquare, eigenvalue => eigenvalue),
            measure.Integrate(TeacherSquare, _ => 1),
            measure.Integrate(StartSquare, _ => 1));

        // The columns hold unit coefficients; a Gaussian start has variance 1/d, a unit start is normalised.
        if (!problem.Start.IsUnit)
            scale = scale with { Start = 1 / Math.Sqrt(problem.Spectrum.Dimension) };
        var hidden = default(HiddenTeacher);
        var (largest, smallest) = (problem.Spectrum[0], problem.Spectrum.SmallestPositive);
        if (problem.HiddenFrom is { } seen)
        {
            hidden = scale.Of(StudentModes.Typical(problem, seen, cancellation));
            var (spectrum, height) = StudentModes.Head(problem.Spectrum, seen);
            measure = SpectralCompression.Average(spectrum, ColumnCount, Columns, octaves, cancellation);
            measure = measure with { Nodes = [.. measure.Nodes.Select(value => height * value)], Dimension = problem.Spectrum.Dimension };
            (largest, smallest) = (height * spectrum[0], height * spectrum.SmallestPositive);
        }

        var modes = CompressedModes.FromMeasure(measure, scale, ModeRepresentation.Averaged).Between(largest, smallest).With(problem.Preconditioner, hidden);
        if (!isRandom)
            return modes;
        var correlation = TypicalCorrelation(measure, scale, hidden, problem);
        return CompressedModes.FromMeasure(
            measure with { Weights = [measure.Weights[0], measure.Weights[StartSquare], [.. measure.Weights[Cross].Select(value => value * correlation)], measure.Weights[TeacherSquare]] },
            scale,
            ModeRepresentation.Averaged).Between(largest, smallest).With(problem.Preconditioner, hidden);

        void Columns(double number, Span<double> columns)
        {
            var teacherSquare = problem.Teacher.TypicalSquare(number);
            columns[0] = 1;
            columns[StartSquare] = square;
            columns[Cross] = (isRandom ? Math.Sqrt(square) : mean) * Math.Sqrt(teacherSquare);
            columns[TeacherSquare] = teacherSquare;
        }
    }

    // C = Σ λ_i w_i(0) w*_i/(ρ − 4 λ_i s*) / D'(ρ) has root mean square √(Σ λ_i² w_i(0)² w*_i²/(ρ − 4 λ_i s*)²) / D'(ρ) over random signs;
    // κ is the ratio of that to Σ λ_i √(w_i(0)² w*_i²)/(ρ − 4 λ_i s*), at most one.
    private static double TypicalCorrelation(SpectralMeasure measure, ModeNormalization scale, HiddenTeacher hidden, PhaseRetrievalProblem problem)
    {
        var weights = measure.Weights[TeacherSquare].Select(value => value * scale.Teacher * scale.Teacher).ToArray();
        var overlap = 0.0;
        for (var j = 0; j < weights.Length; j++)
            overlap += weights[j] * measure.Nodes[j];
        overlap += hidden.Overlap;
        double[] rates = problem.Preconditioner == 0 ? measure.Nodes : [.. measure.Nodes.Select(value => Preconditioning.Rate(value, problem.Preconditioner))];
        var rate = EscapeTheory.FindRate(measure.Nodes, rates, weights, overlap);

        // Mean squares per mode: the start is flat, so the product of squares has the teacher's shape.
        var startPerMode = measure.Integrate(StartSquare, _ => 1) / (problem.HiddenFrom ?? measure.Dimension);
        double squares = 0, amplitudes = 0;
        for (var j = 0; j < weights.Length; j++)
        {
            var resolvent = measure.Nodes[j] / (rate - (4 * rates[j] * overlap));
            squares += resolvent * resolvent * measure.Weights[TeacherSquare][j] * startPerMode;
            amplitudes += resolvent * measure.Weights[Cross][j];
        }

        return Math.Sqrt(squares) / amplitudes;
    }
}
