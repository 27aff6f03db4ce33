namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// Modes that all move at one rate whatever their eigenvalues, as at preconditioner = 1, as two entries (derived): w = x w*/√s* + y r/√P where the start is w(0) = c w* + r, rᵀQw* = 0 and P = rᵀQr, so that
/// s = x² + y² and u = √s* x. With the modes apart, u − s* would late be a difference of entries that are far larger: they decay as e^(−8s*t), and it as their square.
/// Modes without inputs do not move, and are two entries more. Only the MSE needs to know how the directions lie to each other.
/// </summary>
internal static class AlikeModes
{
    private const int Most = 4;

    /// <summary>The entries; null where weights of interpolation leave no length of a direction.</summary>
    /// <param name="modes">The modes.</param>
    public static WeightedModes? Of(WeightedModes modes)
    {
        // Squares of a tiny start would underflow.
        var largest = modes.Start.Max(Math.Abs);
        var unit = largest > 0 ? Math.ScaleB(1, Math.ILogB(largest)) : 1;
        var (moving, resting) = (new TeacherSplit(), new TeacherSplit());
        double count = 0, resters = 0;
        for (var j = modes.Size - 1; j >= 0; j--)
        {
            var moves = modes.Rates[j] > 0;
            if (moves)
                moving.Add(modes.Weights[j] * modes.Eigenvalues[j], modes.Start[j] / unit, modes.Teacher[j]);
            else
                resting.Add(modes.Weights[j], modes.Start[j] / unit, modes.Teacher[j]);
            count += moves ? modes.Counts[j] : 0;
            resters += moves ? 0 : modes.Counts[j];
        }

        // P, w*ᵀw* and w*ᵀr over the modes that move, and what is left of the start over those that do not.
        double overlap = 0, along = 0, cross = 0, still = 0;
        for (var j = modes.Size - 1; j >= 0; j--)
        {
            var rest = Rest(j);
            overlap += modes.Rates[j] > 0 ? modes.Weights[j] * modes.Eigenvalues[j] * rest * rest : 0;
            along += modes.Rates[j] > 0 ? modes.Weights[j] * modes.Teacher[j] * modes.Teacher[j] : 0;
            cross += modes.Rates[j] > 0 ? modes.Weights[j] * modes.Teacher[j] * rest : 0;
            still += modes.Rates[j] > 0 ? 0 : modes.Weights[j] * rest * rest;
        }

        var apart = 0.0;
        for (var j = modes.Size - 1; j >= 0; j--)
        {
            var rest = Rest(j) - (cross / along * modes.Teacher[j]);
            apart += modes.Rates[j] > 0 ? modes.Weights[j] * rest * rest : 0;
        }

        if (!(along > 0) || !(moving.TeacherSquare > 0) || !(overlap >= 0) || !(apart >= 0) || !(still >= 0))
            return null;
        var entries = new ModeEntries(Most);
        var columns = new List<(double Own, double Shared)>();
        var length = Math.Sqrt(moving.TeacherSquare);
        entries.Add(1, 1, moving.Part * length * unit, length, count);
        columns.Add((Math.Sqrt(along) / length, 0));
        if (overlap > 0)
        {
            entries.Add(1, 1, Math.Sqrt(overlap) * unit, 0, 0);
            columns.Add((Math.Sqrt(apart / overlap), cross / Math.Sqrt(along) / Math.Sqrt(overlap)));
        }

        if (resting.TeacherSquare > 0)
        {
            entries.Add(0, 1, resting.Part * Math.Sqrt(resting.TeacherSquare) * unit, Math.Sqrt(resting.TeacherSquare), resters);
            columns.Add((1, 0));
        }

        if (still > 0)
        {
            entries.Add(0, 1, Math.Sqrt(still) * unit, 0, resting.TeacherSquare > 0 ? 0 : resters);
            columns.Add((1, 0));
        }

        var size = columns.Count;
        var metric = new double[size * size];
        for (var j = 0; j < size; j++)
        {
            metric[(j * size) + j] = columns[j].Own;
            if (j > 0)
                metric[j * size] = columns[j].Shared;
        }

        return entries.ToModes(modes.Dimension, modes.Representation).With(0, modes.Hidden).Measured(new ErrorMetric(metric, size), modes.TeacherNormSquared);

        double Rest(int j) => TeacherSplit.Rest((modes.Rates[j] > 0 ? moving : resting).Part, modes.Start[j] / unit, modes.Teacher[j]);
    }
}
