using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The modes of a problem on the nodes of a compressed spectrum: w_i(t) = A(λ_i, t) w_i(0) + B(λ_i, t) w*_i with A and B smooth in λ
/// (Duhamel; docs/systems/phase-retrieval.md), so that the three moments w(0)², w(0)w*, w*² per node carry every statistic.
/// </summary>
internal static class CompressedModes
{
    /// <summary>Columns of the spectral measure.</summary>
    public const int Count = 0, StartSquare = 1, Cross = 2, TeacherSquare = 3;

    private const int BlockSize = 1024;

    // An entry that is a smaller part of its node than this is rounding: a node of one mode has one entry.
    private const double NegligiblePart = 2e-15;

    // Where the part of a start that is orthogonal to the teacher is a smaller part of its square than this, the difference of the moments has lost digits.
    private const double SmallRest = 1e-3;

    public static WeightedModes Build(PhaseRetrievalProblem problem, int octaves, CancellationToken cancellation)
    {
        var dimension = problem.Spectrum.Dimension;
        var unit = problem.Start.Unit;
        var start = new double[BlockSize];
        var teacher = new double[BlockSize];
        var spectrum = problem.Spectrum;
        var leaves = DrawnLeaves.Of(problem, cancellation);
        var measure = Compress(spectrum);
        var scale = ModeNormalization.Of(
            problem,
            measure.Integrate(TeacherSquare, eigenvalue => eigenvalue),
            measure.Integrate(TeacherSquare, _ => 1),
            measure.Integrate(StartSquare, _ => 1));
        var hidden = default(HiddenTeacher);
        var height = 1.0;
        if (problem.HiddenFrom is { } seen)
        {
            hidden = scale.Of(StudentModes.Drawn(problem, seen, cancellation));
            (spectrum, height) = StudentModes.Head(spectrum, seen);
            measure = Compress(spectrum);
            measure = measure with { Nodes = [.. measure.Nodes.Select(value => height * value)], Dimension = dimension };
        }

        return FromMeasure(measure, scale with { Start = unit * scale.Start }, ModeRepresentation.Compressed, Rests()).Between(height * spectrum[0], height * spectrum.SmallestPositive).With(problem.Preconditioner, hidden);

        SpectralMeasure Compress(Spectrum of) => SpectralCompression.Compress(of, 4, Columns, leaves, octaves, cancellation);

        void Columns(long first, ReadOnlySpan<double> eigenvalues, double[][] columns)
        {
            var length = eigenvalues.Length;
            Fill(first, length);
            for (var k = 0; k < length; k++)
            {
                columns[Count][k] = 1;
                columns[StartSquare][k] = start[k] * start[k];
                columns[Cross][k] = start[k] * teacher[k];
                columns[TeacherSquare][k] = teacher[k] * teacher[k];
            }
        }

        void Fill(long first, int length)
        {
            problem.Start.Fill(first, dimension, start.AsSpan(0, length));
            problem.Teacher.Fill(first, teacher.AsSpan(0, length));
            for (var k = 0; k < length; k++)
                start[k] /= unit;
        }

        // The orthogonal parts of lumps whose starts are nearly along the teacher, by a second pass over their modes; NaN elsewhere.
        double[] Rests()
        {
            var result = new double[measure.Nodes.Length];
            Array.Fill(result, double.NaN);
            var node = 0;
            foreach (var panel in SpectralPanel.Split(spectrum, octaves))
            {
                if (panel.Kind == PanelKind.Lump)
                {
                    var (square, cross, teacherSquare) = (measure.Weights[StartSquare][node], measure.Weights[Cross][node], measure.Weights[TeacherSquare][node]);
                    if (teacherSquare > 0 && square - (cross / teacherSquare * cross) < SmallRest * square)
                        (measure.Weights[Cross][node], result[node]) = Split(panel);
                }

                node += panel.Nodes;
            }

            return result;
        }

        (double Cross, double RestSquare) Split(SpectralPanel panel)
        {
            var split = new TeacherSplit();
            ForEach((start, teacher) => split.Add(1, start, teacher));
            var rest = 0.0;
            ForEach((start, teacher) =>
            {
                var value = TeacherSplit.Rest(split.Part, start, teacher);
                rest += value * value;
            });
            return (split.Part * split.TeacherSquare, rest);

            void ForEach(Action<double, double> action)
            {
                for (var first = panel.First; first < panel.End; first += BlockSize)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var length = (int)Math.Min(BlockSize, panel.End - first);
                    Fill(first, length);
                    for (var k = 0; k < length; k++)
                        action(start[k], teacher[k]);
                }
            }
        }
    }

    /// <summary>Turns nodes with moments (count, w(0)², w(0)w*, w*²) into weighted entries.</summary>
    /// <param name="measure">The moments before normalisation.</param>
    /// <param name="scale">The normalisation.</param>
    /// <param name="representation">How the modes are carried.</param>
    /// <param name="rests">The squared part of the start that is orthogonal to the teacher, per node, where it is known better than the moments give it; NaN elsewhere.</param>
    public static WeightedModes FromMeasure(SpectralMeasure measure, ModeNormalization scale, ModeRepresentation representation, double[]? rests = null)
    {
        var entries = new ModeEntries(2 * measure.Nodes.Length);
        for (var j = 0; j < measure.Nodes.Length; j++)
        {
            var first = entries.Count;
            AddNode(
                entries, measure.Nodes[j], scale, measure.Weights[StartSquare][j], measure.Weights[Cross][j], measure.Weights[TeacherSquare][j],
                rests?[j] ?? double.NaN);

            // The number of modes belongs to the node, so its first entry carries it.
            entries.SetCount(first, measure.Weights[Count][j]);
        }

        return entries.ToModes(measure.Dimension, representation);
    }

    // The symmetric matrix [[w(0)², w(0)w*], [w(0)w*, w*²]] is a sum of weighted products of one start and one teacher coefficient.
    // Where it is positive (always for a lump of equal eigenvalues), one entry lies along the teacher and the other is orthogonal to it, so that
    // u is not a difference of entries; where interpolation weights make it indefinite, its eigenvectors after scaling to unit diagonal are used.
    private static void AddNode(
        ModeEntries entries, double eigenvalue, ModeNormalization scale, double startSquare, double cross, double teacherSquare, double knownRest)
    {
        if (startSquare >= 0 && teacherSquare > 0 && cross * cross <= startSquare * teacherSquare * (1 + NegligiblePart))
        {
            var along = Math.Sqrt(teacherSquare);
            entries.Add(eigenvalue, 1, cross / along * scale.Start, along * scale.Teacher, 0);
            var rest = double.IsNaN(knownRest) ? startSquare - (cross / teacherSquare * cross) : knownRest;
            if (double.IsNaN(knownRest) ? rest > NegligiblePart * startSquare : rest > 0)
                entries.Add(eigenvalue, 1, Math.Sqrt(rest) * scale.Start, 0, 0);
            return;
        }

        var startScale = Math.Sqrt(Math.Abs(startSquare));
        var teacherScale = Math.Sqrt(Math.Abs(teacherSquare));
        if (startScale == 0)
            startScale = teacherScale == 0 ? Math.Sqrt(Math.Abs(cross)) : Math.Abs(cross) / teacherScale;
        if (teacherScale == 0)
            teacherScale = startScale == 0 ? 0 : Math.Abs(cross) / startScale;
        var a = Ratio(startSquare, startScale * startScale);
        var b = Ratio(cross, startScale * teacherScale);
        var c = Ratio(teacherSquare, teacherScale * teacherScale);

        // Jacobi rotation: tan 2θ = 2b/(a − c).
        var angle = 0.5 * Math.Atan2(2 * b, a - c);
        var (sin, cos) = Math.SinCos(angle);
        var before = entries.Count;
        Add((a * cos * cos) + (2 * b * sin * cos) + (c * sin * sin), cos, sin);
        Add((a * sin * sin) - (2 * b * sin * cos) + (c * cos * cos), -sin, cos);

        // A node on which both vectors vanish still counts its modes.
        if (entries.Count == before)
            entries.Add(eigenvalue, 0, 0, 0, 0);

        void Add(double weight, double start, double teacher)
        {
            if (Math.Abs(weight) > NegligiblePart)
                entries.Add(eigenvalue, weight, start * startScale * scale.Start, teacher * teacherScale * scale.Teacher, 0);
        }
    }

    private static double Ratio(double numerator, double denominator) => denominator == 0 ? 0 : numerator / denominator;
}
