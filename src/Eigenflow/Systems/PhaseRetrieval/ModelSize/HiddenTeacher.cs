namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The part of the teacher on modes that the student does not see; nothing for a student of all modes.</summary>
/// <param name="Overlap">s*_t = Σ_{i&gt;p} λ_i w*_i².</param>
/// <param name="NormSquared">Σ_{i&gt;p} w*_i².</param>
internal readonly record struct HiddenTeacher(double Overlap, double NormSquared);
