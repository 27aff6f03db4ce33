using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The modes of a problem on the nodes of a compressed spectrum: w_i(t) = A(λ_i, t) w_i(0) + B(λ_i, t) w*_i with A and B smooth in λ
/// (Duhamel; docs/systems/phase-retrieval.md), so that the three moments w(0)², w(0)w*, w*² per node carry every statistic.
/// </summary>
internal static class CompressedModes
{
    /// <summary>Columns of the spectral measure.</summary>
    private const int Count = 0, StartSquare = 1, Cross = 2, TeacherSquare = 3;

    // An entry that is a smaller part of its node than this is rounding: a node of one mode has one entry.
    private const double NegligiblePart = 2e-15;

    public static WeightedModes Build(PhaseRetrievalProblem problem, CancellationToken cancellation)
    {
        var dimension = problem.Spectrum.Dimension;
        var start = new double[1024];
        var teacher = new double[1024];
        var measure = SpectralCompression.Compress(problem.Spectrum, 4, Columns, cancellation);
        var scale = ModeNormalization.Of(
            problem,
            measure.Integrate(TeacherSquare, eigenvalue => eigenvalue),
            measure.Integrate(TeacherSquare, _ => 1),
            measure.Integrate(StartSquare, _ => 1));
        return FromMeasure(measure, scale, ModeRepresentation.Compressed);

        void Columns(long first, ReadOnlySpan<double> eigenvalues, double[][] columns)
        {
            var length = eigenvalues.Length;
            problem.Start.Fill(first, dimension, start.AsSpan(0, length));
            problem.Teacher.Fill(first, teacher.AsSpan(0, length));
            for (var k = 0; k < length; k++)
            {
                columns[Count][k] = 1;
                columns[StartSquare][k] = start[k] * start[k];
                columns[Cross][k] = start[k] * teacher[k];
                columns[TeacherSquare][k] = teacher[k] * teacher[k];
            }
        }
    }

    /// <summary>Turns nodes with moments (count, w(0)², w(0)w*, w*²) into weighted entries.</summary>
    public static WeightedModes FromMeasure(SpectralMeasure measure, ModeNormalization scale, ModeRepresentation representation)
    {
        var entries = new List<(double Eigenvalue, double Weight, double Start, double Teacher, double Count)>();
        for (var j = 0; j < measure.Nodes.Length; j++)
        {
            var first = entries.Count;
            AddNode(
                entries, measure.Nodes[j],
                measure.Weights[StartSquare][j] * scale.Start * scale.Start,
                measure.Weights[Cross][j] * scale.Start * scale.Teacher,
                measure.Weights[TeacherSquare][j] * scale.Teacher * scale.Teacher);

            // The number of modes belongs to the node, so its first entry carries it.
            for (var k = first; k < entries.Count; k++)
                entries[k] = entries[k] with { Count = k == first ? measure.Weights[Count][j] : 0 };
        }

        return new WeightedModes(
            [.. entries.Select(entry => entry.Eigenvalue)],
            [.. entries.Select(entry => entry.Weight)],
            [.. entries.Select(entry => entry.Start)],
            [.. entries.Select(entry => entry.Teacher)],
            [.. entries.Select(entry => entry.Count)],
            measure.Dimension,
            representation);
    }

    // The symmetric matrix [[w(0)², w(0)w*], [w(0)w*, w*²]] is a sum of weighted products of one start and one teacher coefficient.
    // Where it is positive (always for a lump of equal eigenvalues), one entry lies along the teacher and the other is orthogonal to it, so that
    // u is not a difference of entries; where interpolation weights make it indefinite, its eigenvectors after scaling to unit diagonal are used.
    private static void AddNode(
        List<(double Eigenvalue, double Weight, double Start, double Teacher, double Count)> entries,
        double eigenvalue, double startSquare, double cross, double teacherSquare)
    {
        if (startSquare >= 0 && teacherSquare > 0 && cross * cross <= startSquare * teacherSquare * (1 + NegligiblePart))
        {
            var along = Math.Sqrt(teacherSquare);
            entries.Add((eigenvalue, 1, cross / along, along, 0));
            var rest = startSquare - (cross / teacherSquare * cross);
            if (rest > NegligiblePart * startSquare)
                entries.Add((eigenvalue, 1, Math.Sqrt(rest), 0, 0));
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
            entries.Add((eigenvalue, 0, 0, 0, 0));

        void Add(double weight, double start, double teacher)
        {
            if (Math.Abs(weight) > NegligiblePart)
                entries.Add((eigenvalue, weight, start * startScale, teacher * teacherScale, 0));
        }
    }

    private static double Ratio(double numerator, double denominator) => denominator == 0 ? 0 : numerator / denominator;
}
